"""What Norwegian SAF-T Financial 1.30 asks of the elements that are written: their order, how often, and their kinds.

Written down from the standard as the tax office publishes it, apart from the code that writes the files.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

ELEMENTS = """
AuditFile = Header MasterFiles? GeneralLedgerEntries?
Header = AuditFileVersion AuditFileCountry AuditFileDateCreated SoftwareCompanyName SoftwareID SoftwareVersion
    Company DefaultCurrencyCode SelectionCriteria HeaderComment? TaxAccountingBasis TaxEntity? UserID? AuditFileSender?
Header/Company = RegistrationNumber Name Address* Contact+ TaxRegistration* BankAccount*
Contact = ContactPerson Telephone? Fax? Email? Website? MobilePhone?
ContactPerson = Title? FirstName Initials? LastNamePrefix? LastName BirthName? Salutation? OtherTitles*
SelectionCriteria = TaxReportingJurisdiction? CompanyEntity?
    (SelectionStartDate~SelectionEndDate|PeriodStart~PeriodStartYear~PeriodEnd~PeriodEndYear) DocumentType?
    OtherCriteria*
MasterFiles = GeneralLedgerAccounts? Taxonomies? Customers? Suppliers? TaxTable? UOMTable? AnalysisTypeTable?
    MovementTypeTable? Products? PhysicalStock? Owners? Assets?
GeneralLedgerAccounts = Account+
Account = AccountID AccountDescription GroupingCategory GroupingCode AccountType AccountCreationDate?
    (OpeningDebitBalance|OpeningCreditBalance) (ClosingDebitBalance|ClosingCreditBalance)
Customers = Customer+
Customer = RegistrationNumber? Name Address* Contact* TaxRegistration* BankAccount* CustomerID SelfBillingIndicator?
    BalanceAccount* PartyInfo?
Suppliers = Supplier+
Supplier = RegistrationNumber? Name Address* Contact* TaxRegistration* BankAccount* SupplierID SelfBillingIndicator?
    BalanceAccount* PartyInfo?
BalanceAccount = AccountID? (OpeningDebitBalance|OpeningCreditBalance) (ClosingDebitBalance|ClosingCreditBalance)
TaxTable = TaxTableEntry+
TaxTableEntry = TaxType Description TaxCodeDetails+
TaxCodeDetails = TaxCode EffectiveDate? ExpirationDate? Description? (TaxPercentage|FlatTaxRate)? Country Region?
    StandardTaxCode Compensation? BaseRate+
GeneralLedgerEntries = NumberOfEntries TotalDebit TotalCredit Journal*
Journal = JournalID Description Type Transaction*
Transaction = TransactionID Period PeriodYear TransactionDate SourceID? VoucherType? VoucherDescription?
    TransactionType? Description BatchID? SystemEntryDate GLPostingDate ModificationDate? CustomerID? SupplierID?
    SystemID? Line+
Line = RecordID AccountID Analysis* ValueDate? SourceDocumentID? CustomerID? SupplierID? Description
    (DebitAmount|CreditAmount) TaxInformation* ReferenceNumber? CID? DueDate? Quantity? CrossReference?
    SystemEntryTime? OwnerID?
DebitAmount = Amount (CurrencyCode~CurrencyAmount~ExchangeRate?)?
CreditAmount = Amount (CurrencyCode~CurrencyAmount~ExchangeRate?)?
TaxInformation = TaxType? TaxCode? TaxPercentage? Country? TaxBase? TaxBaseDescription?
    (DebitTaxAmount|CreditTaxAmount) TaxExemptionReason? TaxDeclarationPeriod?
DebitTaxAmount = Amount
CreditTaxAmount = Amount
"""

MONEY = r"\d{1,16}\.\d{2}"
DAY = r"\d{4}-\d{2}-\d{2}"
TEXTS = {
    "AuditFileVersion": r"1\.30",
    "AuditFileCountry": "NO",
    "Country": "[A-Z]{2}",
    "(AuditFileDateCreated|SelectionStartDate|SelectionEndDate|EffectiveDate|ExpirationDate|TransactionDate)": DAY,
    "(SystemEntryDate|GLPostingDate)": DAY,
    "(DefaultCurrencyCode|CurrencyCode)": "[A-Z]{3}",
    "TaxAccountingBasis": "A",
    "AccountType": "GL",
    "(TotalDebit|TotalCredit|.*Balance|Amount|CurrencyAmount)": MONEY,
    "ExchangeRate": r"\d{1,10}\.\d{1,8}",
    "(TaxPercentage|TaxBase|BaseRate)": r"\d+(\.\d+)?",
    "TaxType": "MVA",
    "TaxTableEntry/Description": "Merverdiavgift",
    "StandardTaxCode": "[0-9anAN]{1,2}",
    "(NumberOfEntries|Period)": r"\d+",
    "PeriodYear": r"(19[7-9]|20[0-9])\d",
    "(Journal/Type)": r"(?s).{1,9}",
    "(SoftwareVersion|JournalID|SystemID|RecordID)": r"(?s).{1,18}",
    "(RegistrationNumber|GroupingCode|CustomerID|SupplierID|SourceDocumentID|FirstName)": r"(?s).{1,35}",
    "(AccountID|TransactionID|VoucherType|TaxCode|SoftwareCompanyName|LastName)": r"(?s).{1,70}",
    "(Name|Description|AccountDescription|GroupingCategory|SoftwareID|HeaderComment)": r"(?s).{1,256}",
}
"""The text of each kind of element; the first that fits its name, or its parent's and its own, holds."""


def local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def rules() -> dict[str, re.Pattern[str]]:
    """By element: what the names of its children, each followed by a stroke, must look like."""
    joined = re.sub(r"\n +", " ", ELEMENTS.strip())
    found = {}
    for line in joined.splitlines():
        name, _, children = line.partition(" = ")
        found[name] = re.compile(re.sub(r"[ ~]", "", re.sub(r"(\w+)", r"(?:\1/)", children)))
    return found


def breaches(root: Element) -> Iterator[str]:
    """Every element that is not as the standard asks."""
    wanted = rules()

    def look(element: Element, parent: str) -> Iterator[str]:
        name = local(element)
        rule = wanted.get(f"{parent}/{name}", wanted.get(name))
        if rule is not None:
            children = "".join(f"{local(child)}/" for child in element)
            if not rule.fullmatch(children):
                yield f"{parent}/{name} holds {children}"
            for child in element:
                yield from look(child, name)
            return
        if len(element):
            yield f"{parent}/{name} is not known to hold elements"
        kind = next((p for n, p in TEXTS.items() if re.fullmatch(n, name) or re.fullmatch(n, f"{parent}/{name}")), None)
        if kind is None or not re.fullmatch(kind, element.text or ""):
            yield f"{parent}/{name} is {element.text!r}"

    yield from look(root, "")
