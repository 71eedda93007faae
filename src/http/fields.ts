import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { registerDecorator, ValidateIf, ValidateNested } from 'class-validator';

/** How long texts may be, in characters. */
export const lengths = { line: 500, text: 20_000, note: 4_000, url: 2_000 } as const;

/** What a field holds, for the description of the interface (JSON Schema, as OpenAPI has it). */
type Schema = Readonly<Record<string, unknown>>;

/** A kind of field. `fits`: whether a value is one, where need be by what it stands in. `expects`: the end of "… must be …". */
const field =
  (name: string, fits: (value: unknown, within: object) => boolean, expects: string, schema: Schema) =>
  (): PropertyDecorator =>
    applyDecorators(
      ApiProperty(schema),
      (target: object, property: string | symbol) =>
        registerDecorator({
          name,
          target: target.constructor,
          propertyName: String(property),
          validator: {
            validate: (value: unknown, given) => fits(value, given?.object ?? {}),
            defaultMessage: (given) => `${given?.property ?? name} must be ${expects}.`,
          },
        }),
    );

/** The field may be left out; null is no value of it. */
export const CanBeLeftOut = (): PropertyDecorator => applyDecorators(ValidateIf((_, value) => value !== undefined), ApiProperty({ required: false }));
/** The field may be left out, or null: what is there is to be removed. */
export const CanBeRemoved = (): PropertyDecorator =>
  applyDecorators(ValidateIf((_, value) => value !== undefined && value !== null), ApiProperty({ required: false, nullable: true }));

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with fields of its own. */
export const IsPart = (of: () => new () => object): PropertyDecorator => applyDecorators(field('isObject', isObject, 'an object', {})(), ValidateNested(), Type(of));
/** A list of such objects. */
export const AreParts = (of: () => new () => object, most: number): PropertyDecorator => {
  const fits = (value: unknown) => Array.isArray(value) && value.length <= most && value.every(isObject);
  return applyDecorators(field('isList', fits, `a list of at most ${most} objects`, { maxItems: most })(), ValidateNested({ each: true }), Type(of));
};

/** An id that a client chooses; a UUID fits. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** BCP 47 as far as programmes need it: language, script, region, variants. */
const languagePattern = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
/** Programmes are made to the minute: seconds say nothing but zero. */
const timePattern = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:00(\.0{1,3})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/;

const isString = (value: unknown): value is string => typeof value === 'string';
const isMatching = (pattern: RegExp) => (value: unknown) => isString(value) && pattern.test(value);

/** A calendar day that exists, in the years a convening can be in. */
const isDay = (value: string): boolean => {
  const [, year, month, day] = datePattern.exec(value)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || year < 1900 || year > 2200 || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};

const isOnADay = (pattern: RegExp) => (value: unknown) => {
  const found = isString(value) ? pattern.exec(value) : null;
  return found !== null && isDay(found[1] ?? '');
};

const isLines = (value: unknown, most: number): value is string => isString(value) && value.trim() !== '' && value.length <= most;
const isLine = (value: unknown, most: number): value is string => isLines(value, most) && !/[\r\n\t\u2028\u2029]/.test(value);

/** A plain string, or one string a language. */
const isByLanguage = (value: unknown, isText: (text: unknown) => boolean): boolean => {
  if (isString(value)) return isText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const texts = Object.entries(value);
  return texts.length <= 50 && texts.every(([language, text]) => languagePattern.test(language) && isText(text));
};
const isSaid = (value: unknown) => isString(value) || (typeof value === 'object' && value !== null && Object.keys(value).length > 0);

const string = (more: Schema = {}): Schema => ({ type: 'string', ...more });
const byLanguage = (maxLength: number, more: Schema = {}): Schema => ({
  oneOf: [string({ minLength: 1, maxLength }), { type: 'object', additionalProperties: string({ minLength: 1, maxLength }), maxProperties: 50, ...more }],
});
const inTwoLanguages = { en: 'Welcome', fr: 'Bienvenue' };

const aTitle = `a line of 1 to ${lengths.line} characters, plain or by language ({"en": "…"})`;

export const IsSlug = field(
  'isSlug', isMatching(slugPattern), 'an id: lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen', string({ pattern: slugPattern.source }),
);
/** A publication's label: names a version where `latest` and `draft` name others. */
export const IsLabel = field(
  'isLabel', (value) => isMatching(slugPattern)(value) && value !== 'latest' && value !== 'draft' && !isMatching(/^\d+$/)(value),
  'a label: lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen, and neither "latest", "draft" nor a number', string({ pattern: slugPattern.source, example: 'provisional' }),
);
export const IsPerson = field('isPerson', isMatching(uuidPattern), 'a UUID in lower case', string({ format: 'uuid', pattern: uuidPattern.source }));
export const IsLanguage = field('isLanguage', isMatching(languagePattern), 'a language tag such as "en" or "pt-BR"', string({ pattern: languagePattern.source, example: 'en' }));
export const IsCountry = field('isCountry', isMatching(/^[A-Z]{2}$/), 'a country code of two capital letters (ISO 3166-1)', string({ pattern: '^[A-Z]{2}$', example: 'TZ' }));
export const IsColour = field('isColour', isMatching(/^#[0-9a-fA-F]{6}$/), 'a colour such as "#204a87"', string({ pattern: '^#[0-9a-fA-F]{6}$', example: '#204a87' }));
export const IsDay = field('isDay', (value) => isString(value) && isDay(value), 'a date such as "2013-05-27", from 1900 to 2200', string({ format: 'date', example: '2013-05-27' }));
/** To the minute; local, or with an offset. */
export const IsTime = field(
  'isTime', isOnADay(timePattern), 'a time to the minute such as "2013-05-27T09:00" or "2013-05-27T09:00+03:00"', string({ pattern: timePattern.source, example: '2013-05-27T09:00+03:00' }),
);
/** With an offset: an instant. */
export const IsInstant = field(
  'isInstant', isOnADay(instantPattern), 'an instant such as "2013-03-01T08:00:00Z" or "2013-03-01T11:00+03:00"', string({ pattern: instantPattern.source, example: '2013-03-01T11:00+03:00' }),
);
export const IsLine = field('isLine', (value) => isLine(value, lengths.line), `a line of 1 to ${lengths.line} characters`, string({ minLength: 1, maxLength: lengths.line }));
export const IsNote = field('isNote', (value) => isLines(value, lengths.note), `a text of 1 to ${lengths.note} characters`, string({ minLength: 1, maxLength: lengths.note }));
/** A title: a line, plain or by language. */
export const IsTitle = field(
  'isTitle', (value) => isSaid(value) && isByLanguage(value, (text) => isLine(text, lengths.line)), aTitle, byLanguage(lengths.line, { minProperties: 1, example: inTwoLanguages }),
);
/** A title that may be in no language: `{}`. */
export const IsOptionalTitle = field('isOptionalTitle', (value) => isByLanguage(value, (text) => isLine(text, lengths.line)), aTitle, byLanguage(lengths.line));
/** Paragraphs, plain or by language. */
export const IsText = field(
  'isText', (value) => isByLanguage(value, (text) => isLines(text, lengths.text)), `a text of 1 to ${lengths.text} characters, plain or by language ({"en": "…"})`, byLanguage(lengths.text),
);
export const IsAddress = field(
  'isAddress', (value) => isString(value) && value.length <= lengths.url && /^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value), 'an http or https address',
  string({ format: 'uri', maxLength: lengths.url, example: 'https://example.org/concept-note' }),
);
/** One of these words. */
export const IsOneOf = (words: readonly string[]) =>
  field('isOneOf', (value) => isString(value) && words.includes(value), `one of ${words.map((word) => `"${word}"`).join(', ')}`, string({ enum: words }))();
/** A whole number from `least` to `most`. */
export const IsCount = (least: number, most: number) =>
  field('isCount', (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most, `a whole number from ${least} to ${most}`, { type: 'integer', minimum: least, maximum: most })();
export const IsYesOrNo = field('isYesOrNo', (value) => typeof value === 'boolean', 'true or false', { type: 'boolean' });
/** Says that a value is left as it is: `{"withheld": true}` and nothing else beside it. */
export const IsWithheld = field(
  'isWithheld', (value, within) => value === true && Object.keys(within).length === 1, 'true, with no field beside it', { type: 'boolean', enum: [true] },
);
const isOnlyWithheld = (value: unknown) =>
  typeof value === 'object' && value !== null && 'withheld' in value && value.withheld === true && Object.keys(value).length === 1;
/** A note; or `{"withheld": true}`: it is left as it is. */
export const IsNoteOrWithheld = field(
  'isNote', (value) => isLines(value, lengths.note) || isOnlyWithheld(value),
  `a text of 1 to ${lengths.note} characters, or {"withheld": true}: as it is`,
  { oneOf: [string({ minLength: 1, maxLength: lengths.note }), { type: 'object', properties: { withheld: { type: 'boolean', enum: [true] } }, required: ['withheld'], additionalProperties: false }] },
);
/** A whole number in an address, from 1. */
export const IsNumber = field('isNumber', isMatching(/^[1-9]\d{0,8}$/), 'a whole number from 1', { type: 'integer', minimum: 1 });
export const IsConflictKey = field(
  'isConflictKey', isMatching(/^[a-z0-9.:-]{1,2000}$/), 'the key of a conflict such as "room-taken:opening:panel-1"', string({ maxLength: 2_000, example: 'room-taken:opening:panel-1' }),
);
/** A list in which nothing stands twice. */
const listOf = (least: number, most: number, isOne: (value: unknown) => boolean, what: string, items: Schema) =>
  field(
    'isList', (value) => Array.isArray(value) && value.length >= least && value.length <= most && new Set(value).size === value.length && value.every(isOne),
    `a list of ${least} to ${most} ${what}, each once`, { type: 'array', minItems: least, maxItems: most, uniqueItems: true, items },
  )();
export const AreLanguages = (least: number) => listOf(least, 50, isMatching(languagePattern), 'language tags', string({ pattern: languagePattern.source, example: 'en' }));
/** Ids in an order. */
export const AreSlugs = (most: number) => listOf(0, most, isMatching(slugPattern), 'ids', string({ pattern: slugPattern.source }));
/** Where a page of a list begins: what the page before gave. */
export const IsCursor = field('isCursor', isMatching(/^[A-Za-z0-9_-]{1,100}$/), 'the `next` of the page before', string({ maxLength: 100 }));
/** How many entries a page has at most. */
export const IsPageLength = field(
  'isPageLength', (value) => isMatching(/^[1-9]\d{0,2}$/)(value) && Number(value) <= 500, 'a whole number from 1 to 500', { type: 'integer', minimum: 1, maximum: 500 },
);
