/** Letters that have no accent to be taken off, and are written without it all the same. */
const plain: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };

/** A text as it is searched and sorted by: without accents and case, with single spaces. */
export const folded = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[øđðłħıŋŧßæœþ]/g, (letter) => plain[letter]!).replace(/\s+/gu, ' ').trim();
