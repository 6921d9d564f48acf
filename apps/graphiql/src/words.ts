import type { Example } from './examples.js';

const en = {
  title: 'GraphQL',
  workspace: 'Workspace',
  back: 'Back to the inbox',
  examples: 'Examples',
  examplesLead: 'Each replaces what stands in the editor. They run in the workspace that is chosen above.',
  writes: 'Writes to a customer when you run it.',
  loading: 'Loading…',
  away: 'The server does not answer. Load the page again.',
  signedOut: 'You have been signed out.',
  signIn: 'Sign in',
  none: 'You belong to no workspace yet.',
  shortcuts: 'Ctrl-Enter runs, Ctrl-Space completes, Shift-Ctrl-P tidies up.',
  example: {
    list: ['List conversations', 'The newest first, with their contact and channel.'],
    read: ['Read a conversation', 'Its last twenty messages.'],
    search: ['Search', 'Messages that hold a word.'],
    send: ['Send a message', 'The key makes sure that it leaves once, however often you run it.'],
    subscribe: ['Watch the inbox', 'Everything that changes, over a socket, until you stop it.'],
    draft: ['Read along', 'The words of a draft while the model writes it.'],
  } satisfies Record<Example['id'], [string, string]>,
};

const tr: typeof en = {
  title: 'GraphQL',
  workspace: 'Çalışma alanı',
  back: 'Gelen kutusuna dön',
  examples: 'Örnekler',
  examplesLead: 'Her biri düzenleyicidekinin yerine geçer ve yukarıda seçilen çalışma alanında çalışır.',
  writes: 'Çalıştırdığınızda müşteriye yazar.',
  loading: 'Yükleniyor…',
  away: 'Sunucu yanıt vermiyor. Sayfayı yeniden yükleyin.',
  signedOut: 'Oturumunuz kapandı.',
  signIn: 'Oturum aç',
  none: 'Henüz bir çalışma alanınız yok.',
  shortcuts: 'Ctrl-Enter çalıştırır, Ctrl-Space tamamlar, Shift-Ctrl-P düzenler.',
  example: {
    list: ['Konuşmaları listele', 'En yenisi önce; kişi ve kanalıyla.'],
    read: ['Bir konuşmayı oku', 'Son yirmi mesajı.'],
    search: ['Ara', 'Bir sözcüğü içeren mesajlar.'],
    send: ['Mesaj gönder', 'Anahtar sayesinde kaç kez çalıştırırsanız çalıştırın bir kez gider.'],
    subscribe: ['Gelen kutusunu izle', 'Değişen her şey, siz durdurana dek, bir soket üzerinden.'],
    draft: ['Yazılırken oku', 'Model yazarken bir taslağın sözleri.'],
  },
};

/** The words of this page itself; GraphiQL's own parts speak English. */
export function wordsFor(language: string): typeof en {
  return /^tr\b/i.test(language) ? tr : en;
}
