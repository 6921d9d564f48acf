import type { TFunction } from 'i18next';

/** The sentences by which the server says what happened; what a person wrote stands behind them. */
const sentences = {
  proofMissing: 'Who asks has to be shown.',
  proofOfBoth: 'It is asked for another: who they are, and that they may, has to be shown.',
  provedByWay: 'The way it came proves who asks.',
  vouched: 'A member vouches for who asks:',
  asked: 'They were asked by mail:',
  addressProved: 'Whoever asks has proved that the address is theirs.',
  mayMissing: 'That they may ask for another has still to be shown.',
  nobodyWrites: 'Nobody is known to write from it: a member says who they are.',
  ownAccount: 'It is the address of an account here.',
  matched: 'A member said whom it is about.',
  toFind: 'Who asks is proved; whom it is about has still to be found.',
  extended: 'It takes longer:',
  refused: 'It was refused:',
  kept: 'Their data is kept and not used any more.',
  objected: 'Their data is not used any more, and no machine answers them.',
  noMachine: 'No machine answers them any more.',
  inWords: 'What is right is said in words: a member puts it right.',
  several: 'It is about several contacts: say which of them is put right.',
  corrected: 'What was wrong is put right.',
  copying: 'A copy of what is kept about them is being made.',
  copied: 'The copy is there; its link works for seven days.',
  erasing: 'Nothing of it is shown any more; what is left is being erased.',
  held: 'A legal hold keeps the data for now. It is erased once the hold is released.',
  nothingKept: 'Nothing of them is kept any more.',
  erased: 'Everything was erased.',
  forgotten: 'They erased their chat themselves.',
  located: 'It was found whose it is.',
  given: 'The operator gave it to this workspace.',
  notLocated: 'No workspace was found that knows them.',
  noShop: 'No workspace here belongs to this shop: nothing of it is stored.',
  mayBe: 'May be meant:',
  controllerAsked: 'The operator asks the controller to erase:',
  erasedDirectly: 'The operator erases directly, on this ground:',
  answered: 'The operator answered:',
  byMail: 'It came as a mail to the mailbox for privacy requests.',
  signed: 'The domain of the address signed the mail (DKIM): whoever asks has proved that the address is theirs.',
  unsigned:
    'No signature of its domain (DKIM) proves the address, and SPF cannot be looked at from a mailbox: the mail loop proves it.',
  quiet:
    'No mail was sent to confirm the address: it had several today, or the mail server took this one for junk. Ask for proof.',
  doneAgain: 'It was done before a restore, and is done again.',
  neverWrote: 'They never wrote: nothing but their session was kept, and it is gone.',
  onlyHere:
    'What was said in the chat goes. A member had put it together with what came from elsewhere, and decides whether that goes too.',
  readAnew: 'A person read what is asked for:',
  rightAgain: 'It was put right before a backup was restored, and has to be put right once more.',
  stoodSo: 'So far it was before a backup was restored.',
  unclear: 'It cannot be told from the words what is asked for: people decide.',
} as const satisfies Readonly<Record<string, string>>;

const known = Object.entries(sentences);

/** The names of the server's sentences at the beginning of a note, and what a person wrote behind them. */
export function readNote(note: string): { readonly said: readonly string[]; readonly words: string } {
  const found = known.find(([, sentence]) => note === sentence || note.startsWith(`${sentence} `));
  if (!found) return { said: [], words: note };
  const [name, sentence] = found;
  // Behind a colon stand a person's words, whatever they say.
  if (sentence.endsWith(':')) return { said: [name], words: note.slice(sentence.length).trim() };
  const rest = readNote(note.slice(sentence.length).trim());
  return { said: [name, ...rest.said], words: rest.words };
}

/** A note of the server in the reader's language, and what a person wrote apart from it. */
export function stepWords(note: string, t: TFunction): { readonly house: string; readonly words: string } {
  const { said, words } = readNote(note);
  const house = said.map((name) => t(`privacyStep.${name}`)).join(' ');
  // What a person wrote goes with an erasure: nothing is announced then.
  return { house: words === '' ? house.replace(/:$/u, '.') : house, words };
}
