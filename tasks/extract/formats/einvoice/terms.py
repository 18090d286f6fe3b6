"""The business terms of EN 16931: the column that each becomes, and where UBL and CII write it."""

from dataclasses import dataclass

A = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement"
D = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery"
S = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement"
TOTAL = f"{S}/SpecifiedTradeSettlementHeaderMonetarySummation"
SELLER, BUYER = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
MEANS = f"{S}/SpecifiedTradeSettlementPaymentMeans"
LA, LD, LS = "SpecifiedLineTradeAgreement", "SpecifiedLineTradeDelivery", "SpecifiedLineTradeSettlement"
VAT, OTHER_TAX = "PartyTaxScheme[TaxScheme='VAT']/CompanyID", "PartyTaxScheme[TaxScheme!='VAT']/CompanyID"


@dataclass(frozen=True)
class Term:
    """A business term: its column, its identifiers in the standard, and its paths from the group that it is in.

    A path names elements without their namespaces; `/@name` at its end is an attribute, ` | ` parts paths of which the
    first that says anything counts, and no path is a term that the syntax writes in no single place.
    """

    column: str
    terms: str
    ubl: str
    cii: str
    is_repeated: bool = False
    """Whether it may be said more than once; the texts stand in lines of their own."""


HEADER = (
    Term("guideline", "BT-24", "CustomizationID",
         "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID"),
    Term("process", "BT-23", "ProfileID",
         "ExchangedDocumentContext/BusinessProcessSpecifiedDocumentContextParameter/ID"),
    Term("invoice_number", "BT-1", "ID", "ExchangedDocument/ID"),
    Term("issue_date", "BT-2", "IssueDate", "ExchangedDocument/IssueDateTime/DateTimeString"),
    Term("invoice_type_code", "BT-3", "InvoiceTypeCode | CreditNoteTypeCode", "ExchangedDocument/TypeCode"),
    Term("currency_code", "BT-5", "DocumentCurrencyCode", f"{S}/InvoiceCurrencyCode"),
    Term("vat_currency_code", "BT-6", "TaxCurrencyCode", f"{S}/TaxCurrencyCode"),
    Term("vat_point_date", "BT-7", "TaxPointDate", f"{S}/ApplicableTradeTax/TaxPointDate/DateString"),
    Term("vat_point_date_code", "BT-8", "InvoicePeriod/DescriptionCode", f"{S}/ApplicableTradeTax/DueDateTypeCode"),
    Term("due_date", "BT-9", "DueDate | PaymentMeans/PaymentDueDate",
         f"{S}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString"),
    Term("buyer_reference", "BT-10", "BuyerReference", f"{A}/BuyerReference"),
    Term("project_reference", "BT-11", "ProjectReference/ID | AdditionalDocumentReference[DocumentTypeCode='50']/ID",
         f"{A}/SpecifiedProcuringProject/ID"),
    Term("contract_reference", "BT-12", "ContractDocumentReference/ID",
         f"{A}/ContractReferencedDocument/IssuerAssignedID"),
    Term("purchase_order_reference", "BT-13", "OrderReference/ID",
         f"{A}/BuyerOrderReferencedDocument/IssuerAssignedID"),
    Term("sales_order_reference", "BT-14", "OrderReference/SalesOrderID",
         f"{A}/SellerOrderReferencedDocument/IssuerAssignedID"),
    Term("receiving_advice_reference", "BT-15", "ReceiptDocumentReference/ID",
         f"{D}/ReceivingAdviceReferencedDocument/IssuerAssignedID"),
    Term("despatch_advice_reference", "BT-16", "DespatchDocumentReference/ID",
         f"{D}/DespatchAdviceReferencedDocument/IssuerAssignedID"),
    Term("tender_reference", "BT-17", "OriginatorDocumentReference/ID",
         f"{A}/AdditionalReferencedDocument[TypeCode='50']/IssuerAssignedID"),
    Term("object_id", "BT-18", "AdditionalDocumentReference[DocumentTypeCode='130']/ID",
         f"{A}/AdditionalReferencedDocument[TypeCode='130']/IssuerAssignedID"),
    Term("buyer_accounting_reference", "BT-19", "AccountingCost", f"{S}/ReceivableSpecifiedTradeAccountingAccount/ID"),
    Term("payment_terms", "BT-20", "PaymentTerms/Note",
         f"{S}/SpecifiedTradePaymentTerms/Description", is_repeated=True),
    Term("note", "BT-22", "Note", "ExchangedDocument/IncludedNote/Content", is_repeated=True),
    Term("preceding_invoice_number", "BT-25", "BillingReference/InvoiceDocumentReference/ID",
         f"{S}/InvoiceReferencedDocument/IssuerAssignedID", is_repeated=True),
    Term("preceding_invoice_date", "BT-26", "BillingReference/InvoiceDocumentReference/IssueDate",
         f"{S}/InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString", is_repeated=True),
    Term("seller_name", "BT-27", f"{SELLER}/PartyLegalEntity/RegistrationName", f"{A}/SellerTradeParty/Name"),
    Term("seller_trading_name", "BT-28", f"{SELLER}/PartyName/Name",
         f"{A}/SellerTradeParty/SpecifiedLegalOrganization/TradingBusinessName"),
    Term("seller_id", "BT-29", "", f"{A}/SellerTradeParty/ID | {A}/SellerTradeParty/GlobalID"),
    Term("seller_registration_id", "BT-30", f"{SELLER}/PartyLegalEntity/CompanyID",
         f"{A}/SellerTradeParty/SpecifiedLegalOrganization/ID"),
    Term("seller_vat_id", "BT-31", f"{SELLER}/{VAT}",
         f"{A}/SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
    Term("seller_tax_id", "BT-32", f"{SELLER}/{OTHER_TAX}",
         f"{A}/SellerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='FC']"),
    Term("seller_legal_information", "BT-33", f"{SELLER}/PartyLegalEntity/CompanyLegalForm",
         f"{A}/SellerTradeParty/Description"),
    Term("seller_electronic_address", "BT-34", f"{SELLER}/EndpointID",
         f"{A}/SellerTradeParty/URIUniversalCommunication/URIID"),
    Term("seller_street", "BT-35", f"{SELLER}/PostalAddress/StreetName",
         f"{A}/SellerTradeParty/PostalTradeAddress/LineOne"),
    Term("seller_city", "BT-37", f"{SELLER}/PostalAddress/CityName",
         f"{A}/SellerTradeParty/PostalTradeAddress/CityName"),
    Term("seller_postal_code", "BT-38", f"{SELLER}/PostalAddress/PostalZone",
         f"{A}/SellerTradeParty/PostalTradeAddress/PostcodeCode"),
    Term("seller_country_code", "BT-40", f"{SELLER}/PostalAddress/Country/IdentificationCode",
         f"{A}/SellerTradeParty/PostalTradeAddress/CountryID"),
    Term("seller_contact", "BT-41", f"{SELLER}/Contact/Name",
         f"{A}/SellerTradeParty/DefinedTradeContact/PersonName | "
         f"{A}/SellerTradeParty/DefinedTradeContact/DepartmentName"),
    Term("seller_phone", "BT-42", f"{SELLER}/Contact/Telephone",
         f"{A}/SellerTradeParty/DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"),
    Term("seller_email", "BT-43", f"{SELLER}/Contact/ElectronicMail",
         f"{A}/SellerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication/URIID"),
    Term("buyer_name", "BT-44", f"{BUYER}/PartyLegalEntity/RegistrationName", f"{A}/BuyerTradeParty/Name"),
    Term("buyer_id", "BT-46", f"{BUYER}/PartyIdentification/ID",
         f"{A}/BuyerTradeParty/ID | {A}/BuyerTradeParty/GlobalID"),
    Term("buyer_registration_id", "BT-47", f"{BUYER}/PartyLegalEntity/CompanyID",
         f"{A}/BuyerTradeParty/SpecifiedLegalOrganization/ID"),
    Term("buyer_vat_id", "BT-48", f"{BUYER}/{VAT}", f"{A}/BuyerTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
    Term("buyer_electronic_address", "BT-49", f"{BUYER}/EndpointID",
         f"{A}/BuyerTradeParty/URIUniversalCommunication/URIID"),
    Term("buyer_street", "BT-50", f"{BUYER}/PostalAddress/StreetName",
         f"{A}/BuyerTradeParty/PostalTradeAddress/LineOne"),
    Term("buyer_city", "BT-52", f"{BUYER}/PostalAddress/CityName", f"{A}/BuyerTradeParty/PostalTradeAddress/CityName"),
    Term("buyer_postal_code", "BT-53", f"{BUYER}/PostalAddress/PostalZone",
         f"{A}/BuyerTradeParty/PostalTradeAddress/PostcodeCode"),
    Term("buyer_country_code", "BT-55", f"{BUYER}/PostalAddress/Country/IdentificationCode",
         f"{A}/BuyerTradeParty/PostalTradeAddress/CountryID"),
    Term("buyer_contact", "BT-56", f"{BUYER}/Contact/Name",
         f"{A}/BuyerTradeParty/DefinedTradeContact/PersonName | "
         f"{A}/BuyerTradeParty/DefinedTradeContact/DepartmentName"),
    Term("buyer_phone", "BT-57", f"{BUYER}/Contact/Telephone",
         f"{A}/BuyerTradeParty/DefinedTradeContact/TelephoneUniversalCommunication/CompleteNumber"),
    Term("buyer_email", "BT-58", f"{BUYER}/Contact/ElectronicMail",
         f"{A}/BuyerTradeParty/DefinedTradeContact/EmailURIUniversalCommunication/URIID"),
    Term("payee_name", "BT-59", "PayeeParty/PartyName/Name", f"{S}/PayeeTradeParty/Name"),
    Term("payee_id", "BT-60", "PayeeParty/PartyIdentification/ID",
         f"{S}/PayeeTradeParty/ID | {S}/PayeeTradeParty/GlobalID"),
    Term("tax_representative_name", "BT-62", "TaxRepresentativeParty/PartyName/Name",
         f"{A}/SellerTaxRepresentativeTradeParty/Name"),
    Term("tax_representative_vat_id", "BT-63", f"TaxRepresentativeParty/{VAT}",
         f"{A}/SellerTaxRepresentativeTradeParty/SpecifiedTaxRegistration/ID[@schemeID='VA']"),
    Term("delivery_date", "BT-72", "Delivery/ActualDeliveryDate",
         f"{D}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString"),
    Term("delivery_country_code", "BT-80", "Delivery/DeliveryLocation/Address/Country/IdentificationCode",
         f"{D}/ShipToTradeParty/PostalTradeAddress/CountryID"),
    Term("has_period", "BG-14", "", ""),
    Term("period_start_date", "BT-73", "InvoicePeriod/StartDate",
         f"{S}/BillingSpecifiedPeriod/StartDateTime/DateTimeString"),
    Term("period_end_date", "BT-74", "InvoicePeriod/EndDate", f"{S}/BillingSpecifiedPeriod/EndDateTime/DateTimeString"),
    Term("payment_means_code", "BT-81", "PaymentMeans/PaymentMeansCode", f"{MEANS}/TypeCode"),
    Term("remittance_information", "BT-83", "PaymentMeans/PaymentID", f"{S}/PaymentReference"),
    Term("payment_account", "BT-84", "PaymentMeans/PayeeFinancialAccount/ID",
         f"{MEANS}/PayeePartyCreditorFinancialAccount/IBANID | "
         f"{MEANS}/PayeePartyCreditorFinancialAccount/ProprietaryID"),
    Term("payment_account_name", "BT-85", "PaymentMeans/PayeeFinancialAccount/Name",
         f"{MEANS}/PayeePartyCreditorFinancialAccount/AccountName"),
    Term("payment_bic", "BT-86", "PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch/ID",
         f"{MEANS}/PayeeSpecifiedCreditorFinancialInstitution/BICID"),
    Term("mandate_reference", "BT-89", "PaymentMeans/PaymentMandate/ID",
         f"{S}/SpecifiedTradePaymentTerms/DirectDebitMandateID"),
    Term("creditor_reference", "BT-90", "", f"{S}/CreditorReferenceID"),
    Term("line_total_amount", "BT-106", "LegalMonetaryTotal/LineExtensionAmount", f"{TOTAL}/LineTotalAmount"),
    Term("allowance_total_amount", "BT-107", "LegalMonetaryTotal/AllowanceTotalAmount",
         f"{TOTAL}/AllowanceTotalAmount"),
    Term("charge_total_amount", "BT-108", "LegalMonetaryTotal/ChargeTotalAmount", f"{TOTAL}/ChargeTotalAmount"),
    Term("total_without_vat_amount", "BT-109", "LegalMonetaryTotal/TaxExclusiveAmount", f"{TOTAL}/TaxBasisTotalAmount"),
    Term("total_vat_amount", "BT-110", "", ""),
    Term("total_vat_accounting_amount", "BT-111", "", ""),
    Term("total_with_vat_amount", "BT-112", "LegalMonetaryTotal/TaxInclusiveAmount", f"{TOTAL}/GrandTotalAmount"),
    Term("paid_amount", "BT-113", "LegalMonetaryTotal/PrepaidAmount", f"{TOTAL}/TotalPrepaidAmount"),
    Term("rounding_amount", "BT-114", "LegalMonetaryTotal/PayableRoundingAmount", f"{TOTAL}/RoundingAmount"),
    Term("third_party_payment_amount", "BT-DEX-002", "", ""),
    Term("due_amount", "BT-115", "LegalMonetaryTotal/PayableAmount", f"{TOTAL}/DuePayableAmount"),
)  # fmt: skip
"""What an invoice says of itself; these terms stand in each of its rows."""

LINE = (
    Term("line_id", "BT-126", "ID", "AssociatedDocumentLineDocument/LineID"),
    Term("parent_line_id", "BT-X-304", "", "AssociatedDocumentLineDocument/ParentLineID"),
    Term("line_note", "BT-127", "Note", "AssociatedDocumentLineDocument/IncludedNote/Content", is_repeated=True),
    Term("line_object_id", "BT-128", "DocumentReference/ID", f"{LS}/AdditionalReferencedDocument/IssuerAssignedID"),
    Term("quantity", "BT-129", "InvoicedQuantity | CreditedQuantity", f"{LD}/BilledQuantity"),
    Term("unit_code", "BT-130", "InvoicedQuantity/@unitCode | CreditedQuantity/@unitCode",
         f"{LD}/BilledQuantity/@unitCode"),
    Term("line_net_amount", "BT-131", "LineExtensionAmount",
         f"{LS}/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"),
    Term("order_line_reference", "BT-132", "OrderLineReference/LineID", f"{LA}/BuyerOrderReferencedDocument/LineID"),
    Term("line_accounting_reference", "BT-133", "AccountingCost", f"{LS}/ReceivableSpecifiedTradeAccountingAccount/ID"),
    Term("has_line_period", "BG-26", "", ""),
    Term("line_period_start_date", "BT-134", "InvoicePeriod/StartDate",
         f"{LS}/BillingSpecifiedPeriod/StartDateTime/DateTimeString"),
    Term("line_period_end_date", "BT-135", "InvoicePeriod/EndDate",
         f"{LS}/BillingSpecifiedPeriod/EndDateTime/DateTimeString"),
    Term("net_price_amount", "BT-146", "Price/PriceAmount", f"{LA}/NetPriceProductTradePrice/ChargeAmount"),
    Term("price_discount_amount", "BT-147", "Price/AllowanceCharge/Amount",
         f"{LA}/GrossPriceProductTradePrice/AppliedTradeAllowanceCharge/ActualAmount"),
    Term("gross_price_amount", "BT-148", "Price/AllowanceCharge/BaseAmount",
         f"{LA}/GrossPriceProductTradePrice/ChargeAmount"),
    Term("price_base_quantity", "BT-149", "Price/BaseQuantity",
         f"{LA}/NetPriceProductTradePrice/BasisQuantity | {LA}/GrossPriceProductTradePrice/BasisQuantity"),
    Term("item_name", "BT-153", "Item/Name", "SpecifiedTradeProduct/Name"),
    Term("item_description", "BT-154", "Item/Description", "SpecifiedTradeProduct/Description"),
    Term("seller_item_id", "BT-155", "Item/SellersItemIdentification/ID", "SpecifiedTradeProduct/SellerAssignedID"),
    Term("buyer_item_id", "BT-156", "Item/BuyersItemIdentification/ID", "SpecifiedTradeProduct/BuyerAssignedID"),
    Term("item_standard_id", "BT-157", "Item/StandardItemIdentification/ID", "SpecifiedTradeProduct/GlobalID"),
    Term("item_classification", "BT-158", "Item/CommodityClassification/ItemClassificationCode",
         "SpecifiedTradeProduct/DesignatedProductClassification/ClassCode"),
    Term("item_country_code", "BT-159", "Item/OriginCountry/IdentificationCode",
         "SpecifiedTradeProduct/OriginTradeCountry/ID"),
    Term("tax_category_code", "BT-151", "Item/ClassifiedTaxCategory/ID", f"{LS}/ApplicableTradeTax/CategoryCode"),
    Term("tax_rate_pct", "BT-152", "Item/ClassifiedTaxCategory/Percent",
         f"{LS}/ApplicableTradeTax/RateApplicablePercent"),
)  # fmt: skip
"""What a line says (BG-25)."""

TAX = (
    Term("tax_base_amount", "BT-116", "TaxableAmount", "BasisAmount"),
    Term("tax_amount", "BT-117", "TaxAmount", "CalculatedAmount"),
    Term("tax_category_code", "BT-118", "TaxCategory/ID", "CategoryCode"),
    Term("tax_rate_pct", "BT-119", "TaxCategory/Percent", "RateApplicablePercent"),
    Term("tax_exemption_reason", "BT-120", "TaxCategory/TaxExemptionReason", "ExemptionReason"),
    Term("tax_exemption_reason_code", "BT-121", "TaxCategory/TaxExemptionReasonCode", "ExemptionReasonCode"),
)
"""What the VAT breakdown says of one category and rate (BG-23)."""

ALLOWANCE_CHARGE = (
    Term("is_charge", "BG-21", "ChargeIndicator", "ChargeIndicator/Indicator"),
    Term("allowance_charge_amount", "BT-92, BT-99, BT-136, BT-141", "Amount", "ActualAmount | AppliedAmount"),
    Term("allowance_charge_base_amount", "BT-93, BT-100, BT-137, BT-142", "BaseAmount", "BasisAmount"),
    Term("allowance_charge_pct", "BT-94, BT-101, BT-138, BT-143", "MultiplierFactorNumeric", "CalculationPercent"),
    Term("tax_category_code", "BT-95, BT-102", "TaxCategory/ID",
         "CategoryTradeTax/CategoryCode | AppliedTradeTax/CategoryCode"),
    Term("tax_rate_pct", "BT-96, BT-103", "TaxCategory/Percent",
         "CategoryTradeTax/RateApplicablePercent | AppliedTradeTax/RateApplicablePercent"),
    Term("reason", "BT-97, BT-104, BT-139, BT-144", "AllowanceChargeReason", "Reason | Description"),
    Term("reason_code", "BT-98, BT-105, BT-140, BT-145", "AllowanceChargeReasonCode", "ReasonCode"),
)  # fmt: skip
"""What an allowance (BG-20, BG-27) or a charge (BG-21, BG-28) says."""

PARTS = (*HEADER, *LINE, *TAX, *ALLOWANCE_CHARGE)
"""Every term, in the order of the columns."""
