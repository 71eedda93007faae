import { registerDecorator, type ValidationOptions } from 'class-validator';

/** How long texts may be, in characters. */
export const lengths = { line: 500, text: 20_000, note: 4_000, url: 2_000 } as const;

const field =
  (name: string, fits: (value: unknown) => boolean, expects: string) =>
  (options?: ValidationOptions): PropertyDecorator =>
  (target, property) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      ...(options && { options }),
      validator: { validate: fits, defaultMessage: ({ property: of } = { property: name } as never) => `${options?.each ? `Each of ${of}` : of} must be ${expects}.` },
    });

/** An id that a client chooses; a UUID fits. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** BCP 47 as far as programmes need it: language, script, region, variants. */
const languagePattern = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/;

const isString = (value: unknown): value is string => typeof value === 'string';
const isMatching = (pattern: RegExp) => (value: unknown) => isString(value) && pattern.test(value);

/** A calendar day that exists, in the years a convening can be in. */
const isDay = (value: string): boolean => {
  const [, year, month, day] = datePattern.exec(value)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || year < 1900 || year > 2200 || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};

const isTime = (value: unknown): value is string => {
  const found = isString(value) ? timePattern.exec(value) : null;
  return found !== null && isDay(found[1] ?? '');
};

const isLine = (value: unknown, most: number): value is string => isString(value) && value.trim() !== '' && value.length <= most && !/[\r\n\t\u2028\u2029]/.test(value);
const isLines = (value: unknown, most: number): value is string => isString(value) && value.trim() !== '' && value.length <= most;

/** A plain string, or one string a language. */
const isByLanguage = (value: unknown, isText: (text: unknown) => boolean): boolean => {
  if (isString(value)) return isText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const texts = Object.entries(value);
  return texts.length <= 50 && texts.every(([language, text]) => languagePattern.test(language) && isText(text));
};
const isSaid = (value: unknown) => isString(value) || (typeof value === 'object' && value !== null && Object.keys(value).length > 0);

export const IsSlug = field('isSlug', isMatching(slugPattern), 'an id: lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen');
export const IsPerson = field('isPerson', isMatching(uuidPattern), 'a UUID in lower case');
export const IsLanguage = field('isLanguage', isMatching(languagePattern), 'a language tag such as "en" or "pt-BR"');
export const IsCountry = field('isCountry', isMatching(/^[A-Z]{2}$/), 'a country code of two capital letters (ISO 3166-1)');
export const IsColour = field('isColour', isMatching(/^#[0-9a-fA-F]{6}$/), 'a colour such as "#204a87"');
export const IsDay = field('isDay', (value) => isString(value) && isDay(value), 'a date such as "2013-05-27", from 1900 to 2200');
/** Local, or with an offset. */
export const IsTime = field('isTime', isTime, 'a time such as "2013-05-27T09:00" or "2013-05-27T09:00+03:00"');
/** With an offset: an instant. */
export const IsInstant = field('isInstant', (value) => isTime(value) && /(Z|[+-]\d\d:\d\d)$/.test(value), 'an instant such as "2013-03-01T08:00:00Z" or "2013-03-01T11:00+03:00"');
export const IsLine = field('isLine', (value) => isLine(value, lengths.line), `a line of 1 to ${lengths.line} characters`);
export const IsNote = field('isNote', (value) => isLines(value, lengths.note), `a text of 1 to ${lengths.note} characters`);
/** A title: a line, plain or by language. */
export const IsTitle = field('isTitle', (value) => isSaid(value) && isByLanguage(value, (text) => isLine(text, lengths.line)), `a line of 1 to ${lengths.line} characters, plain or by language ({"en": "…"})`);
/** A title that may be in no language: `{}`. */
export const IsOptionalTitle = field('isOptionalTitle', (value) => isByLanguage(value, (text) => isLine(text, lengths.line)), `a line of 1 to ${lengths.line} characters, plain or by language ({"en": "…"})`);
/** Paragraphs, plain or by language. */
export const IsText = field('isText', (value) => isByLanguage(value, (text) => isLines(text, lengths.text)), `a text of 1 to ${lengths.text} characters, plain or by language ({"en": "…"})`);
export const IsAddress = field('isAddress', (value) => isString(value) && value.length <= lengths.url && /^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value), 'an http or https address');
