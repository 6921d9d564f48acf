/** What a column of a file becomes, where it becomes a part of a lead that every lead has. */
export const leadParts = [
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'company',
  'message',
  'tags',
  'status',
  'createdAt',
] as const;
export type LeadPart = (typeof leadParts)[number];

/** What a column becomes: a part of the lead, one of its answers, a field of the contact, or nothing. */
export type ColumnTarget =
  | { readonly kind: 'part'; readonly part: LeadPart }
  | { readonly kind: 'answer'; readonly name: string }
  | { readonly kind: 'contact'; readonly key: string }
  | { readonly kind: 'nothing' };

/** What columns are called, folded: letters and digits alone, small, Turkish letters as the Latin ones beside them. */
const called: Readonly<Record<LeadPart, readonly string[]>> = {
  name: 'name fullname contactname customername leadname contact customer adsoyad adisoyadi adivesoyadi isimsoyisim isim musteri musteriadi yetkili kisi الاسم الاسمالكامل اسم'.split(
    ' ',
  ),
  firstName: 'firstname givenname forename ad adi ilkad الاسمالاول'.split(' '),
  lastName: 'lastname surname familyname soyad soyadi soyisim اسمالعائلة'.split(' '),
  email:
    'email emailaddress mail mailaddress workemail email1value eposta epostaadresi mailadresi elektronikposta البريد البريدالالكتروني'.split(
      ' ',
    ),
  phone:
    'phone phonenumber telephone mobile mobilenumber mobilephone cell cellphone tel gsm whatsapp phone1value workphonenumber telefon telefonno telefonnumarasi cep ceptelefonu ceptel cepno الهاتف رقمالهاتف الجوال'.split(
      ' ',
    ),
  company:
    'company companyname organization organisation organizationname firm business sirket sirketadi firma firmaadi kurum isletme الشركة اسمالشركة'.split(
      ' ',
    ),
  message: 'message comment comments enquiry inquiry mesaj yorum talep رسالة'.split(' '),
  tags: 'tag tags label labels etiket etiketler وسوم'.split(' '),
  status: 'status stage leadstatus durum asama الحالة'.split(' '),
  createdAt: 'createdat created date datecreated createdtime tarih olusturulmatarihi kayittarihi التاريخ'.split(' '),
};

/** The name of a column, so that two spellings of it are one. */
export function folded(name: string): string {
  return name
    .toLocaleLowerCase('tr')
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .replaceAll(/[أإآ]/g, 'ا')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/**
 * What each column most likely becomes: what its name says, once each; a field of the contacts that is called the same; every
 * other column an answer under its own name.
 */
export function proposedTargets(
  columns: readonly string[],
  fields: readonly { readonly key: string; readonly name: string }[],
): ColumnTarget[] {
  const taken = new Set<string>();
  const targets = columns.map((column): ColumnTarget => {
    const name = folded(column);
    const field = fields.find((one) => folded(one.name) === name);
    if (field !== undefined && !taken.has(`contact ${field.key}`)) {
      taken.add(`contact ${field.key}`);
      return { kind: 'contact', key: field.key };
    }
    const part = leadParts.find((one) => called[one].includes(name));
    if (part === undefined || taken.has(part)) return { kind: 'answer', name: column };
    taken.add(part);
    return { kind: 'part', part };
  });
  // “Ad” beside “Soyad” is a first name; alone it is the name.
  if (taken.has('firstName') && !taken.has('lastName') && !taken.has('name'))
    return targets.map((one) =>
      one.kind === 'part' && one.part === 'firstName' ? { kind: 'part', part: 'name' } : one,
    );
  return targets;
}

/** A target in one word, as a mapping says it and as the table keeps it. */
export function targetWord(target: ColumnTarget): string {
  switch (target.kind) {
    case 'part':
      return target.part;
    case 'answer':
      return `field:${target.name}`;
    case 'contact':
      return `contact:${target.key}`;
    case 'nothing':
      return 'ignore';
  }
}

/** What a word of a mapping means for a column; null where it means nothing. */
export function targetOf(word: unknown, column: string): ColumnTarget | null {
  if (word === null || word === undefined || word === '' || word === 'ignore') return { kind: 'nothing' };
  if (typeof word !== 'string') return null;
  const part = leadParts.find((one) => one === word);
  if (part !== undefined) return { kind: 'part', part };
  if (word === 'field') return { kind: 'answer', name: column };
  const [kind, ...rest] = word.split(':');
  const name = rest.join(':').trim();
  if (name === '') return null;
  if (kind === 'field') return { kind: 'answer', name };
  return kind === 'contact' ? { kind: 'contact', key: name } : null;
}
