import { EveryChannel } from './every-channel.js';
import { residue } from './residue.js';

let house: EveryChannel;

beforeAll(async () => {
  house = await EveryChannel.connect();
}, 120_000);
afterAll(() => house.stop());

it('somebody who wrote on every channel leaves no byte anywhere once they are erased: P2, G19 [promise 66] [promise 67] [promise 68]', async () => {
  const stays = await house.person();
  const person = await house.person();
  const before = await house.everything();
  // Each word is there to be found, or its absence afterwards would say nothing.
  const hidden = person.words.filter((word) => residue(before, [word]).length === 0);
  expect(hidden.map((word) => /^[a-z]+/i.exec(word)?.[0]).sort()).toEqual(['asked', 'evidence']);
  expect(Object.keys(person.conversations)).toHaveLength(7);

  const { eraseContact } = await house.story.client.ask<{ eraseContact: { confirmationCode: string } }>(
    'mutation ($id: ID!) { eraseContact(contactId: $id) { confirmationCode } }',
    { id: person.contactId },
  );
  await house.done(eraseContact.confirmationCode);

  const after = await house.everything();
  expect(residue(after, person.words)).toEqual([]);
  expect(stays.words.filter((word) => residue(after, [word]).length === 0)).toHaveLength(hidden.length);
}, 180_000);
