import { stemOf, wordsOf } from './fold-text.js';

/**
 * Words of a shop's customers and of those who answer them that mean the same, in English and Turkish. A group to a line;
 * each word of it finds the others, so that "Do you ship to Rome?" meets "Delivery within the European Union".
 */
const groups = `
  ship shipping shipment deliver delivery dispatch courier kargo teslimat gonderim gonderi yollamak yolluyor gondermek gonderiyor
  parcel package packet paket koli kargo
  arrive arrival arrives ulasmak ulasir gelir gelecek varir delivery deliver teslimat
  return returning iade
  refund reimburse reimbursement moneyback iade odeme
  exchange swap degisim degistirmek
  change amend edit modify degistirmek degisiklik
  cancel cancellation iptal
  damaged damage broken break broke faulty defective defect torn hole hasarli bozuk kirik defolu yirtik delik
  lost lose missing disappeared kayip kayboldu kaybolan
  wrong incorrect mistaken yanlis hatali
  cost price fee charge rate amount ucret fiyat bedel
  free gratis ucretsiz bedava
  pay payment paid odeme odemek odey odeyebilir
  card creditcard visa mastercard amex kart
  cash nakit
  instalment installment taksit
  invoice bill receipt fatura fis
  discount voucher coupon promo promotion indirim kupon
  sale sales clearance indirim
  gift present hediye
  guarantee warranty garanti
  repair fix mend tamir onarim
  shorten alter alteration hem kisaltma kisaltmak tadilat
  wash washing launder laundry clean cleaning yikama yikamak temizlik temizlemek
  dry dryer drier kurutma kurutmak
  iron ironing utu utulemek
  size sizing fit beden numara kalip olcu
  material fabric cloth textile kumas malzeme
  colour color shade renk
  stock restock soldout tukenmis tukendi stok
  track tracking trace takip
  customs duty duties tariff gumruk
  tax vat vergi
  shop store boutique outlet branch magaza dukkan sube
  open opens opening hours close closed acik kapali acilis saat
  collect pickup pick teslim alma
  address location adres konum
  phone telephone call ring telefon aramak
  contact reach email iletisim ulasin
  park parking carpark otopark
  member membership loyalty club uye uyelik puan
  wholesale bulk reseller trade toptan bayi
  uk britain england kingdom ingiltere krallik
  usa america amerika states
  country countries abroad overseas international foreign ulke yurtdisi
  trousers pants pantolon
  sweater pullover jumper cardigan knitwear knit kazak hirka triko
  shoe sneaker trainer boot footwear ayakkabi
  account profile login hesap profil
  password sifre parola
  book booking reserve reservation rezervasyon randevu
  home house ev
`;

const members = `austria avusturya belgium belcika bulgaria bulgaristan croatia hirvatistan cyprus kibris czechia cekya denmark danimarka
  estonia estonya finland finlandiya france fransa germany almanya greece yunanistan hungary macaristan ireland irlanda italy italya latvia
  letonya lithuania litvanya luxembourg luksemburg malta netherlands holland hollanda poland polonya portugal portekiz romania romanya slovakia
  slovakya slovenia slovenya spain ispanya sweden isvec`;
// A customer names their country, a business the union it is in; never the other way round.
const union = 'european union eu europe countries avrupa birligi ulke';

const kin = new Map<string, ReadonlySet<string>>();
for (const line of groups.trim().split('\n')) relate(wordsOf(line), wordsOf(line));
relate(wordsOf(members), wordsOf(union));

function relate(words: readonly string[], others: readonly string[]): void {
  const stems = others.map(stemOf);
  for (const word of words.map(stemOf))
    kin.set(word, new Set([...(kin.get(word) ?? []), ...stems.filter((stem) => stem !== word)]));
}

/** The stems that mean the same as this one. */
export function kindredOf(stem: string): readonly string[] {
  return [...(kin.get(stem) ?? [])];
}
