"""What systems call the columns of the records, in English, German, French and Norwegian.

A name after `~` is a weak one: it says it only where nothing better does. A column without a line here is found by its
own name, and by that without its ending. A line for one record alone stands before the one for all.
"""

NAMES = """
customer_id: customer, customer no, customer number, customer id, cust, client, client id, client no, account, account
  no, kunde, kundennummer, kunden nr, kundennr, debitor, debitorennummer, code client, numero client, kundenr,
  kundenummer, buyer, contact id, ~konto, ~account code
customer_name: customer name, name, full name, client name, kundenname, firma, nom, raison sociale, nom client,
  kundenavn, navn, company, ~contact
supplier_id: supplier, supplier no, supplier number, vendor, vendor id, vendor no, vendor number, lieferant,
  lieferantennummer, kreditor, fournisseur, code fournisseur, leverandor, leverandornr, ~contact id
supplier_name: supplier name, vendor name, name, lieferantenname, firma, nom, nom fournisseur, leverandornavn, navn,
  vendor
employee_id: employee, employee no, employee number, staff no, person, personnel number, personalnummer, personal nr,
  mitarbeiter, matricule, salarie, ansatt, ansattnr, ansattnummer, national id number
employee_name: employee name, name, full name, mitarbeitername, nom, navn
department_id: department, cost centre, cost center, dept, kostenstelle, abteilung, departement, centre de cout,
  avdeling, kostnadssted, department code
department_name: department name, called, name, title, bezeichnung, abteilungsname, nom, navn, avdelingsnavn
email: e mail, email, mail, email address, mail address, courriel, e post, epost, mail adresse
phone: telephone, phone, tel, telefon, phone number, mobile, telefonnummer, telephone number, mobil
postal_code: post code, postcode, zip, zip code, postal code, plz, postleitzahl, code postal, postnummer, postnr
city: city, town, ort, stadt, ville, sted, poststed, by
country_code: country, country code, land, pays, landkode, laenderkennzeichen, ship country, country region code
iban: iban, bank account, bankverbindung, kontonummer iban
registered_date: registered, created, created on, customer since, since, angelegt am, angelegt, date creation, kunde
  seit, opprettet, registered on, created at
has_marketing_consent: marketing, newsletter, consent, opt in, werbung, accepts marketing, samtykke
tax_number: vat no, vat number, tax id, tax number, ust id, ustid, steuernummer, numero tva, tva intracom, org nr,
  organisasjonsnummer, mva nr
payment_terms_days: terms, payment terms, payment days, net days, zahlungsziel, delai de paiement, betalingsfrist
job_title: job, job title, position, role, taetigkeit, tatigkeit, stelle, funktion, poste, fonction, stilling
hired_date: hired, hire date, start date, joined, eintritt, eintrittsdatum, date embauche, ansatt dato, date of
  joining
left_date: left, leave date, end date, exit, austritt, austrittsdatum, date sortie, sluttdato, termination date
accounts.account_code: code, account code, account, account number, account no, nominal code, kontonummer, konto,
  compte, numero de compte, kontonr, compte num, account code alternate key
accounts.account_name: name, account name, description, account description, bezeichnung, kontobezeichnung, libelle,
  intitule, kontonavn, compte lib
accounts.account_type: type, account type, kontoart, kontenart, kontotype, class type
accounts.account_class: class, account class, klasse, classe
account_code: account code, account, ledger, nominal, nominal code, gl account, sachkonto, konto, gegenkonto, compte,
  compte num, kontonr, ledger account
account_name: account name, account description, kontobezeichnung, compte lib, kontonavn
account_type: account type, kontoart, kontotype
tax_codes.tax_code: code, tax code, vat code, steuercode, steuerschluessel, code tva, mva kode
tax_codes.tax_name: called, name, description, tax name, bezeichnung, libelle, navn
tax_codes.direction: side, direction, in or out, richtung, sens, retning
rate_pct: percent, rate, tax rate, vat rate, pct, satz, steuersatz, taux, sats, prosent
valid_from_date: since, valid from, from, from date, gueltig ab, gultig ab, valable du, gyldig fra, effective from
valid_to_date: until, valid to, to, to date, gueltig bis, gultig bis, valable au, gyldig til
exchange_rates.currency_code: currency, currency code, from currency, waehrung, devise, valuta, ccy, iso
base_currency_code: per, base, base currency, to currency, quote currency, basiswaehrung, home currency
rate_date: date, day, rate date, datum, kurstag, dato, date of rate, currency rate date, time period
rate: rate, exchange rate, kurs, cours, taux, kurs wert, end of day rate, average rate, mid, obs value
products.product_id: item, item no, sku, article, product, product id, product code, product no, artikel,
  artikelnummer, artikel nr, code article, reference, varenr, varenummer, code, stock code, product number, item
  number, productkey
product_id: item, item no, item number, sku, article, article no, product, product id, product code, stock code,
  artikel, artikelnummer, artikel nr, art nr, code article, ref article, varenr, varenummer, part no, material,
  product number
product_name: name, title, item name, product name, description, bezeichnung, artikelbezeichnung, designation,
  libelle, varenavn, navn, english product name
category: category, group, product group, warengruppe, gruppe, kategorie, categorie, famille, kategori, varegruppe,
  subcategory
list_price_amount: list price, price, sales price, unit price, retail price, listenpreis, preis, verkaufspreis, prix,
  prix de vente, pris, utsalgspris
cost_amount: cost, cost price, unit cost, standard cost, einkaufspreis, ek, einstandspreis, prix achat, cout, innpris,
  kostpris, purchase price, acquisition cost, anschaffungskosten
is_active: active, is active, on sale, available, enabled, aktiv, actif, i salg, lieferbar, status
sales_lines.document_id: document, document no, invoice, invoice no, invoice number, receipt, receipt no, order, order
  no, order number, order id, beleg, belegnummer, beleg nr, rechnung, rechnungsnummer, rechnungs nr, bon, bonnummer,
  facture, numero facture, no facture, commande, faktura, fakturanr, fakturanummer, bilag, bilagsnr, sales order
  number, transaction id, ticket no, name
purchase_lines.document_id: bill, bill no, invoice, invoice no, invoice number, document, document no, docno, doc no,
  beleg, belegnummer, rechnung, rechnungsnummer, eingangsrechnung, facture, numero facture, faktura, fakturanr,
  bilagsnr, purchase order number, po number, purchase order id
invoices.document_id: invoice, invoice no, invoice number, invoice id, document, document no, beleg, belegnummer,
  rechnung, rechnungsnummer, facture, numero facture, faktura, fakturanr, fakturanummer, bilagsnr, docno
payments.document_id: settles, invoice, invoice no, invoice number, invoice id, document, document no, beleg,
  rechnung, rechnungsnummer, facture, faktura, fakturanr, docno, doc no
stock_movements.document_id: paper, document, document no, reference, order, beleg, piece, bilag, order no, source
  document
document_id: document, document no, invoice, invoice no, invoice number, invoice id, beleg, belegnummer, piece, piece
  ref, bilag, source id
line_no: line, line no, line number, pos, position, item line, zeile, positionsnummer, lfd nr, ligne, no ligne, linje,
  linjenr, sales order line number, sequence, receipt, row, no
document_type: type, kind, document type, art, belegart, vorgangsart, type de piece, nature, dokumenttype, bilagsart,
  typ
sales_lines.document_date: date, day, invoice date, document date, order date, datum, belegdatum, rechnungsdatum, date
  facture, date de facture, fakturadato, dato, bilagsdato, tax date, transaction date, ordered on
document_date: date, day, dated, invoice date, document date, bill date, datum, belegdatum, rechnungsdatum, date
  facture, date de facture, fakturadato, dato, bilagsdato, tax date, issue date, order date
ordered_at: ordered, ordered at, order time, timestamp, bestellt am, zeitpunkt, commande le, bestilt, created at,
  invoice date
sales_lines.description: text, description, title, item name, product name, bezeichnung, artikelbezeichnung, libelle,
  designation, beskrivelse, varetekst, product
description: text, description, memo, narrative, details, buchungstext, bezeichnung, beschreibung, libelle, ecriture
  lib, beskrivelse, tekst, account description
quantity: qty, quantity, units, number, pieces, menge, anzahl, stueck, stuck, quantite, qte, antall, mengde, order
  qty, order quantity
unit_price_amount: unit price, price, price each, rate, einzelpreis, preis, stueckpreis, prix unitaire, pu ht, prix,
  pris, enhetspris, stykkpris
net_amount: net, net amount, net value, amount net, line total, subtotal, netto, nettobetrag, netto betrag, montant
  ht, total ht, nettobelop, line amount, extended amount, ~amount, ~total
tax_amount: vat, vat amount, tax, tax amount, total tax, gst, ust, mwst, steuer, steuerbetrag, tva, montant tva, mva,
  mva belop, tax amt
gross_amount: gross, gross amount, total, total amount, brutto, bruttobetrag, ttc, montant ttc, total ttc,
  bruttobelop, amount due, ~amount
currency_code: currency, currency code, ccy, cur, waehrung, wahrung, wkz, devise, monnaie, valuta, idevise, valutakode
channel_code: channel, source, sales channel, vertriebsweg, kanal, canal
tax_code: tax code, vat code, tax type, steuercode, steuerschluessel, bu schluessel, code tva, mva kode, tax
note: note, notes, comment, comments, remark, remarks, bemerkung, notiz, anmerkung, commentaire, merknad, kommentar
invoices.direction: direction, type, ledger, richtung, sens, retning, side
payments.direction: direction, type, dc, debit credit, in out, soll haben, richtung, sens, retning, side, s h
direction: direction, in or out, richtung, sens, retning, side
party_id: party, customer, supplier, contact, contact id, vendor, vendor id, customer no, account, konto,
  personenkonto, debitor, kreditor, geschaeftspartner, tiers, compte aux num, client, fournisseur, kunde, leverandor,
  partner, customer id
due_date: due, due date, due on, faellig, fallig, faellig am, fallig am, faelligkeit, echeance, date echeance,
  forfall, forfallsdato, payment due
exchange_rate: exchange rate, currency rate, kurs, cours, taux de change, valutakurs
payment_id: payment, payment no, payment id, payment number, transaction id, zahlung, zahlungsnummer, paiement,
  betaling, betalings id, id, transaction, receipt no, no
payment_date: paid on, payment date, date, day, value date, paid, zahltag, zahlungsdatum, zahldatum, wertstellung,
  valuta, date paiement, betalt, betalingsdato, dato, datum, fully paid on date
method_code: method, payment method, tender, zahlart, zahlungsart, mode de paiement, moyen, betalingsmate
payments.amount: amount, value, paid, amount paid, betrag, montant, belop, sum, payment
amount: amount, value, betrag, umsatz, montant, belop, net amount, debit credit, sum, transaction amount
reference: reference, ref, payers text, purpose, memo, narrative, details, verwendungszweck, buchungstext, motif,
  communication, melding, referanse, description, text
claim_id: claim, claim no, claim id, expense report, spesenabrechnung, abrechnung, note de frais, reiseregning
expense_date: spent, date, expense date, spent on, day, datum, belegdatum, date depense, dato
claim_date: claimed, claim date, submitted, eingereicht am, date demande, innsendt
category_code: kind, category, type, expense type, art, spesenart, nature, kategori
payslip_id: payslip, payslip no, pay run, abrechnung, abrechnungsnummer, bulletin, lonnsslipp
period_start_date: from, period start, start, von, beginn, du, fra, month, period, monat, mois, maned
period_end_date: to, period end, end, bis, ende, au, til
payslips.payment_date: pay date, paid on, payment date, zahltag, auszahlung, date paiement, utbetalt
gross_pay_amount: gross, gross pay, brutto, bruttolohn, brut, salaire brut, bruttolonn
employee_tax_amount: tax, income tax, paye, lohnsteuer, steuer, impot, skattetrekk
employee_social_amount: social security, employee ni, social employee, sozialversicherung an, sv an, cotisations
  salariales, pension employee
employer_social_amount: employer social, employer ni, sozialversicherung ag, sv ag, cotisations patronales,
  arbeidsgiveravgift
net_pay_amount: net, net pay, netto, auszahlungsbetrag, net a payer, nettolonn
bank_account_id: account, account id, account number, account no, iban, konto, kontonummer, compte, bank account, acct
  id
statement_id: statement, statement no, statement id, auszug, auszugsnummer, releve, kontoutskrift
booking_date: date, booking date, booked, posted, posting date, transaction date, buchungstag, buchungsdatum, datum,
  date operation, date comptable, bokfort, bokforingsdato, dato, trans date, dtposted, details date
value_date: value date, valuta, wertstellung, valutadatum, date valeur, rentedato, value
counterparty_name: name, counterparty, payee, payer, beneficiary, empfaenger, auftraggeber, beguenstigter, tiers,
  mottaker, counterparty name, merchant, beguenstigter zahlungspflichtiger
counterparty_iban: counterparty iban, counterparty account, kontonummer, gegenkonto, iban, til konto
transaction_type_code: type, transaction type, buchungstext, art, umsatzart, type operation, transaction code, trans
  type
balance_after_amount: balance, running balance, saldo, kontostand, solde, balance after amount
movement_id: movement, move, movement no, id, transaction id, bewegung, bewegungsnummer, mouvement, bevegelse
movement_date: date, day, moved on, movement date, datum, buchungsdatum, date mouvement, dato
movement_type: kind, type, movement type, bewegungsart, art, type mouvement, nature
unit_cost_amount: unit cost, cost, cost price, einstandspreis, ek, cout unitaire, kostpris
budget_id: budget, plan, scenario, version, budget name
journal_id: journal, journal id, entry, entry no, journal no, transaction, transaction id, buchung, buchungsnummer,
  ecriture num, ecriture, bilag, bilagsnr, voucher, journal number
entry_date: date, entry date, posting date, journal date, datum, buchungsdatum, ecriture date, dato, bilagsdato
entry_type: art, entry type, type, kind
journal_lines.journal: journal code, journal type, book, buchungskreis
currency_amount: foreign amount, currency amount, fremdbetrag, montant devise, montantdevise, valutabelop
reversal_date: reversal, reversed on, storno am, storno, extourne, tilbakefort
journals.document_id: source id, document, document no, reference
journals.document_kind: source type, document kind, source
asset_id: asset, asset no, asset id, inventory no, anlage, anlagennummer, inventarnummer, immobilisation,
  anleggsmiddel
asset_name: name, asset name, description, bezeichnung, libelle, navn
acquired_date: bought, acquired, purchase date, acquisition date, anschaffung, anschaffungsdatum, date acquisition,
  anskaffet
disposed_date: sold, disposed, disposal date, abgang, abgangsdatum, date cession, avhendet
residual_amount: rest, residual, residual value, scrap value, restwert, valeur residuelle, restverdi
useful_life_months: months, life months, useful life, nutzungsdauer, duree, levetid
interaction_id: contact, interaction, call id, contact id, id, kontakt, interaction no
interactions.channel_code: channel, medium, kanal, canal
interactions.direction: direction, richtung, sens, retning
started_at: started, start, start time, begin, begonnen, beginn, debut, startet, time, called at, date
ended_at: ended, end, end time, finished, ende, fin, sluttet
agent_id: agent, operator, handled by, bearbeiter, agent id, saksbehandler, clerk
topic: topic, subject, reason, thema, grund, betreff, motif, sujet, emne
is_complaint: complaint, is complaint, beschwerde, reklamation, reclamation, klage
rating: stars, rating, score, csat, satisfaction, bewertung, sterne, note, karakter
body: text, body, message, transcript, nachricht, inhalt, texte, melding
desk: desk, team, queue, abteilung
ticket_id: case, ticket, ticket no, ticket id, incident, number, case no, case number, vorgang, fall, ticketnummer,
  dossier, sak, saksnr, unique key
tickets.status: state, status, ticket status, incident state, zustand, etat, tilstand
ticket_events.status: state, status, new status, incident state, zustand, etat, tilstand
priority: priority, prio, urgency, severity, prioritaet, prioritat, dringlichkeit, priorite, prioritet
tickets.category: category, type, kind, problem, complaint type, kategorie, categorie, kategori
opened_at: opened, opened at, created, created at, created date, reported, eroeffnet, eroffnet, gemeldet, ouvert,
  apnet
first_response_at: answered, first response, first reply, responded, erste antwort, beantwortet, premiere reponse,
  besvart
resolved_at: resolved, resolved at, solved, geloest, gelost, behoben, resolu, lost
closed_at: closed, closed at, closed date, geschlossen, ferme, lukket
reopened_count: reopened, reopen count, reopenings, wiedereroeffnet, reouvert
is_sla_met: in time, sla met, made sla, within sla, fristgerecht, dans les delais, innen frist
subject: title, subject, summary, headline, betreff, titel, objet, tittel, descriptor, short description
event_no: no, event no, seq, sequence, step, nr, lfd nr, sys mod count
event_type: what, event, event type, action, ereignis, aktion, evenement, hendelse
occurred_at: at, occurred, time, timestamp, when, zeitpunkt, zeit, horodatage, tidspunkt, sys updated at, updated at
actor_id: by, actor, user, who, changed by, benutzer, von wem, utilisateur, bruker, sys updated by, updated by
assigned_group: group, team, assignment group, assigned to, gruppe, equipe, agency
"""

FILES = """
customers: customers, customer, crm, clients, kunden, kunde, kontakte, clients, kunder, debitoren
suppliers: suppliers, supplier, vendors, vendor, lieferanten, kreditoren, fournisseurs, leverandorer
employees: employees, employee, staff, personal, mitarbeiter, salaries, personnel, ansatte
departments: departments, department, cost centres, kostenstellen, abteilungen, avdelinger
accounts: accounts, chart, coa, kontenplan, plan comptable, kontoplan, account data
tax_codes: tax codes, vat codes, tax rates, steuersaetze, mva koder
exchange_rates: rates, fx, exchange rates, kurse, cours, valutakurser, currency rate
products: products, product, catalogue, catalog, items, artikel, articles, varer, price list
sales_lines: sales, orders, shop, till, retail, verkauf, kasse, umsatz, ventes, salg, order lines, sales order detail
purchase_lines: purchases, bills, einkauf, bestellungen, achats, innkjop, spend, purchase order detail
invoices: invoices, invoice, accounting, rechnungen, ausgangsrechnungen, factures, fakturaer
payments: payments, payment, receipts, zahlungen, paiements, betalinger
expense_claims: expenses, expense, claims, spesen, notes de frais, reiseregninger
payslips: payroll, payslips, lohn, gehalt, paie, lonn
bank_transactions: bank, statement, kontoauszug, umsaetze, releve, kontoutskrift, transactions, bank transaction
stock_movements: stock, movements, inventory, lager, bestand, mouvements, lagerbevegelser
budget_lines: budget, plan, planung, budgets
journals: journals, journal, entries, buchungen, journal data
journal_lines: journal lines, journal line, journals, general ledger, gl, ledger, buchungen, grand livre, fec,
  hovedbok
fixed_assets: assets, fixed assets, anlagen, anlagenbuch, immobilisations, anleggsmidler
interactions: contacts, interactions, calls, chats, reviews, kontakte, anrufe
tickets: tickets, cases, incidents, service desk, faelle, vorgaenge, saker, requests
ticket_events: events, event log, history, service log, incident event log, verlauf, hendelser
"""
"""What files that hold a record are called."""


def read_names(text: str) -> dict[str, tuple[str, ...]]:
    """Lines of `name: word, word` with what runs on to the next line."""
    joined: list[str] = []
    for line in text.strip().splitlines():
        if line.startswith(" "):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    pairs = (line.split(":", 1) for line in joined)
    return {name: tuple(word.strip() for word in words.split(",") if word.strip()) for name, words in pairs}


COLUMN_NAMES = read_names(NAMES)
FILE_NAMES = read_names(FILES)


def names_of(record: str, column: str) -> tuple[str, ...]:
    """What a record's column is called by the systems that hold it."""
    return COLUMN_NAMES.get(f"{record}.{column}") or COLUMN_NAMES.get(column, ())
