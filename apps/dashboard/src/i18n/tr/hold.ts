import type english from '../en/hold.js';

/** Yasanın silinmesini engellediği: müşterinin yanında da gizlilik masasında da aynı sözlerle. */
const hold: typeof english = {
  hold: {
    place: 'Yasal saklama ekle',
    placeText: 'Saklama sürdükçe kapsadığı hiçbir şey silinmez: ne elle, ne taleple, ne de süresi dolunca.',
    placeNow: 'Saklamayı başlat',
    placed: 'Saklama yürürlükte.',
    whose: 'Ne saklanmalı?',
    ofContact: 'Bir kişinin verileri',
    everything: 'Çalışma alanındaki her şey',
    chooseContact: 'Önce kişiyi seçin.',
    reason: 'Neden saklanmalı',
    reasonHint: 'Hangi yasa, mahkeme ya da dava. Sahipler ve yöneticiler okuyabilir.',
    kept: '{{day}} gününden beri yasal saklama altında:',
    allKept: 'Bütün çalışma alanı {{day}} gününden beri yasal saklama altında:',
    release: 'Saklamayı kaldır',
    releaseText: 'Durdurduğu silmeler hemen sürer ve geri alınamaz.',
    released: 'Saklama kaldırıldı.',
  },
};

export default hold;
