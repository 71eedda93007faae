/** A text by language (BCP 47 tag): `{ "en": "Welcome", "fr": "Bienvenue" }`. */
export type Text = Readonly<Record<string, string>>;

/** As it may be asked for: a plain string is text in the convening's first language. */
export type GivenText = string | Text;

export const inLanguages = (given: GivenText, first: string): Text => (typeof given === 'string' ? { [first]: given } : given);

/** Who may see a session, item, link or publication. What is not for an audience does not exist for it. */
export type Audience = 'public' | 'participants' | 'internal';
export const audiences = ['public', 'participants', 'internal'] as const satisfies readonly Audience[];

/** Whether a reader of the audience `reader` may see what is meant for `meant`. */
export const mayBeSeenBy = (meant: Audience, reader: Audience) => audiences.indexOf(meant) <= audiences.indexOf(reader);

/** What an organisation is. The order is the order of protocol. */
export const organisationKinds = ['government', 'un', 'igo', 'nhri', 'ngo', 'academia', 'private', 'media', 'other'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** A reference to something outside: a concept note, a recording, a map. */
export interface Link {
  readonly kind: string;
  readonly title: Text;
  /** Absolute http or https address. */
  readonly url: string;
  readonly audience: Audience;
}

/** Letters that have no accent to be taken off, and are written without it all the same. */
const plain: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };

/** A text as it is searched and sorted by: without accents and case, with single spaces. */
export const folded = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[øđðłħıŋŧßæœþ]/g, (letter) => plain[letter]!).replace(/\s+/gu, ' ').trim();

const ascii = /^[\x00-\x7f]*$/;

/** The words of a text: letters and digits, folded, so that who types « tembo » or « Témbo » finds the same. Most texts are quickly folded. */
export const wordsOf = (text: string): string[] => {
  const plain = ascii.test(text) ? text.toLowerCase() : folded(text);
  return plain.match(ascii.test(plain) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
};
