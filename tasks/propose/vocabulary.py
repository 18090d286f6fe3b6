"""What other systems call the words that a contract lists, for the lookups of a proposal."""

from collections.abc import Iterable

from tasks.propose.naming import words_of
from tasks.propose.synonyms import read_names

WORDS = read_names("""
invoice: inv, sale, sales, s, si, sales invoice, rechnung, re, verkauf, vk, facture, fa, faktura, salg, bill, purchase,
  debit note
credit_note: credit, cn, cr, return, returns, refund, r, gutschrift, gs, retoure, storno, avoir, kreditnota, retur,
  credit memo, credit note
receivable: accrec, ar, sales, customer, out, ausgang, debitor, forderung, client, kunde, kundefaktura
payable: accpay, ap, purchase, supplier, vendor, in, eingang, kreditor, verbindlichkeit, fournisseur, leverandor
in: cr, credit, c, haben, h, received, receipt, eingang, inn, entree, receive
out: dr, debit, d, soll, s, paid, ausgang, ut, sortie, spend, payment
transfer: ueberweisung, uberweisung, sepa, bank transfer, bacs, virement, overforing, trf, wire, tfr
card: karte, kreditkarte, visa, mastercard, carte, kort, debit card, credit card, pos
cash: bar, especes, kontant, atm, bargeld
cheque: check, scheck, chq, sjekk
direct_debit: lastschrift, dd, prelevement, avtalegiro, sepa direct debit
web: online, internet, shop online, www, e shop, webshop
phone: telephone, tel, telefon, call, call centre
mail: email, e mail, post, letter, brief, courrier
shop: store, pos, till, laden, filiale, magasin, butikk
call: phone, telephone, telefon, anruf, appel, samtale
visit: besuch, in person, walk in, besok
inbound: in, incoming, received, eingehend, entrant, inn
outbound: out, outgoing, sent, ausgehend, sortant, ut
new: neu, nouveau, ny, created
open: active, in progress, offen, in arbeit, ouvert, apen, assigned
pending: waiting, on hold, awaiting user info, awaiting vendor, awaiting problem, awaiting evidence, wartend, en attente
resolved: solved, geloest, gelost, resolu, lost, done
closed: geschlossen, ferme, lukket, complete, completed
receipt: in, received, goods in, zugang, wareneingang, entree, inn, purchase
issue: out, sale, sold, goods out, abgang, warenausgang, sortie, ut
return: retour, returned, ruecksendung, retur
adjustment: correction, count, korrektur, inventur, inventaire, justering
output: sales, out, umsatzsteuer, collectee, utgaende
input: purchase, purchases, in, vorsteuer, deductible, inngaende
bank: bank account, cash, tresorerie
current_asset: current, currassets, current asset, umlaufvermoegen
current_liability: currliab, current liability, kurzfristige verbindlichkeit
fixed_asset: fixed, fixed asset, anlagevermoegen
equity: eigenkapital, capital, egenkapital
revenue: sales, income, erloese, produits, inntekt, ertrag
expense: expenses, overheads, aufwand, charges, kostnad
direct_costs: directcosts, cost of sales, cogs, wareneinsatz, varekostnad
true: yes, y, t, 1, ja, j, oui, o, x, wahr
false: no, n, f, 0, nein, non, nei, falsch
""")


def translated(values: Iterable[str], allowed: Iterable[str]) -> dict[str, str]:
    """The words of a list that values stand for, where that can be told."""
    known = {words_of(name): word for word in allowed for name in (word, *WORDS.get(word, ()))}
    # A word that the list itself has goes before what others call another one.
    known |= {words_of(word): word for word in allowed}
    found = {value: known.get(words_of(value)) for value in values}
    return {value: word for value, word in found.items() if word is not None}
