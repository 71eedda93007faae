import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { registerDecorator, ValidateIf, ValidateNested } from 'class-validator';
import { describeField, type Kind, type Schema, type Shape } from './shape.js';

/** How long texts may be, in characters. */
export const lengths = { line: 500, text: 20_000, note: 4_000, url: 2_000, email: 254 } as const;

/** OpenAPI 3.0 has fewer words than JSON Schema, and one example of a value. What makes a text legible (`allOf`) would make illegible examples there. */
const asOpenApi = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(asOpenApi);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { propertyNames: _, allOf: __, examples, ...words } = schema as Schema;
  const [example] = Array.isArray(examples) ? (examples as unknown[]) : [];
  return { ...Object.fromEntries(Object.entries(words).map(([word, said]) => [word, asOpenApi(said)])), ...(example !== undefined && { example }) };
};

const says = (said: Parameters<typeof describeField>[2]): PropertyDecorator => (target, property) => describeField(target.constructor, String(property), said);

/** The rule of class-validator: bodies are looked at by the table of `shape.ts`, which finds the same (test/http/validation.spec.ts) in a tenth of the time. */
const rule = ({ code, fits, expects, of, isList }: Kind): PropertyDecorator =>
  applyDecorators(
    (target: object, property: string | symbol) => registerDecorator({
      name: code, target: target.constructor, propertyName: String(property),
      validator: { validate: (value: unknown, given) => fits(value, given?.object ?? {}), defaultMessage: () => `${String(property)} must be ${expects}.` },
    }),
    ...(of ? [ValidateNested({ each: isList === true }), Type(of)] : []),
  );
const present = (isSaid: (value: unknown) => boolean) => ValidateIf((_, value: unknown) => isSaid(value));

/** A field of this kind: what is refused, and what the description of the interface says, come from the same row. */
const fieldOf = (kind: Kind) => (): PropertyDecorator => applyDecorators(ApiProperty(asOpenApi(kind.schema) as Schema), says({ kind }), rule(kind));

/** A kind of field, see `Kind`. */
const field = (code: string, fits: Kind['fits'], expects: string, schema: Schema, more: Pick<Kind, 'besides' | 'of' | 'isList'> = {}) => fieldOf({ code, fits, expects, schema, ...more });

/** The field may be left out; null is no value of it. */
export const CanBeLeftOut = (): PropertyDecorator => applyDecorators(says({ presence: 'left-out' }), present((value) => value !== undefined), ApiProperty({ required: false }));
/** The field may be left out, or null: what is there is to be removed. */
export const CanBeRemoved = (): PropertyDecorator => applyDecorators(says({ presence: 'removed' }), present((value) => value !== undefined && value !== null), ApiProperty({ required: false, nullable: true }));

/** The field may be left out, or empty: a form sends what nobody filled in. */
export const CanBeEmpty = (): PropertyDecorator => applyDecorators(says({ presence: 'empty' }), present((value) => value !== undefined && value !== ''), ApiProperty({ required: false }));

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with fields of its own. */
export const IsPart = (of: () => Shape): PropertyDecorator => field('object', isObject, 'an object', {}, { of })();
/** A list of such objects. Each entry is looked at by itself. */
export const AreParts = (of: () => Shape, most: number): PropertyDecorator => {
  const fits = (value: unknown) => Array.isArray(value) && value.length <= most;
  return field('list', fits, `a list of at most ${most} objects`, { maxItems: most }, { of, isList: true })();
};

/** An id that a client chooses; a UUID fits. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** As ids of people are written. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
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

/** An instant with its offset, on a day that there is. */
export const instantOnADay = isOnADay(instantPattern);
/** The same without the offset: it could be several instants. */
const localOnADay = isOnADay(/^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?$/);
/** In a query a plus sign that is not encoded is read as a space. */
export const withPlus = (text: string): string => text.replace(/ (?=\d\d:\d\d$)/, '+');
/** All of these by their form: a moment may be in any of them. */
const asOfPattern = /^(rev:\d{1,15}|version:[a-z0-9][a-z0-9-]{0,63}|\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+ -](0\d|1[0-4]):[0-5]\d)?)$/;
const namedPattern = /^(rev:\d{1,15}|version:[a-z0-9][a-z0-9-]{0,63})$/;

/** A character is a code point, as JSON Schema counts them; some are two units of a text here. */
const isWithin = (value: string, most: number) => value.length <= most || (value.length <= 2 * most && Array.from(value).length <= most);
const isLines = (value: unknown, most: number): value is string => isString(value) && isWithin(value, most) && value.trim() !== '';
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
/** Something is there to be read, and none of these characters; controls are refused wherever they stand (json-body.ts). */
const legible = (maxLength: number, never: string) => string({ minLength: 1, maxLength, allOf: [{ pattern: `^[^${never}]*[^\\s${never}][^${never}]*$` }] });
const line = legible(lengths.line, '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029');
const lines = (maxLength: number) => legible(maxLength, '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f');
const byLanguage = (text: Schema, more: Schema = {}): Schema => ({
  oneOf: [text, { type: 'object', propertyNames: { pattern: languagePattern.source }, additionalProperties: text, maxProperties: 50, ...more }],
});
const inTwoLanguages = { en: 'Welcome', fr: 'Bienvenue' };

const aTitle = `a line of 1 to ${lengths.line} characters, plain or by language ({"en": "…"})`;

export const IsSlug = field(
  'slug', isMatching(slugPattern), 'an id: lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen', string({ pattern: slugPattern.source }),
);
/** A publication's label: names a version where `latest` and `draft` name others. */
export const IsLabel = field(
  'label', (value) => isMatching(slugPattern)(value) && value !== 'latest' && value !== 'draft' && !isMatching(/^\d+$/)(value),
  'a label: lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen, and neither "latest", "draft" nor a number', string({ pattern: slugPattern.source, examples: ['provisional'] }),
);
export const IsPerson = field('person', isMatching(uuidPattern), 'a UUID in lower case', string({ format: 'uuid', pattern: uuidPattern.source }));
export const IsLanguage = field('language', isMatching(languagePattern), 'a language tag such as "en" or "pt-BR"', string({ pattern: languagePattern.source, examples: ['en'] }));
export const IsCountry = field('country', isMatching(/^[A-Z]{2}$/), 'a country code of two capital letters (ISO 3166-1)', string({ pattern: '^[A-Z]{2}$', examples: ['TZ'] }));
export const IsColour = field('colour', isMatching(/^#[0-9a-fA-F]{6}$/), 'a colour such as "#204a87"', string({ pattern: '^#[0-9a-fA-F]{6}$', examples: ['#204a87'] }));
export const IsDay = field('day', (value) => isString(value) && isDay(value), 'a date such as "2013-05-27", from 1900 to 2200', string({ format: 'date', examples: ['2013-05-27'] }));
/** To the minute; local, or with an offset. */
export const IsTime = field(
  'time', isOnADay(timePattern), 'a time to the minute such as "2013-05-27T09:00" or "2013-05-27T09:00+03:00"', string({ pattern: timePattern.source, examples: ['2013-05-27T09:00+03:00'] }),
);
/** With an offset: an instant. */
export const IsInstant = field(
  'instant', isOnADay(instantPattern), 'an instant such as "2013-03-01T08:00:00Z" or "2013-03-01T11:00+03:00"', string({ pattern: instantPattern.source, examples: ['2013-03-01T11:00+03:00'] }),
);
/** A moment of the past. What lacks only its offset is refused later, with what it could mean. */
export const IsAsOf = field(
  'as-of', (value) => isMatching(namedPattern)(value) || (isString(value) && (instantOnADay(withPlus(value)) || localOnADay(value))),
  'an instant with its offset such as "2013-03-01T11:00+03:00", "rev:17", "version:provisional" or "version:latest"', string({ pattern: asOfPattern.source, examples: ['2013-03-01T11:00+03:00'] }),
);
/** An instant; or a day, which begins and ends where the convening is. */
export const IsInstantOrDay = field(
  'instant-or-day', (value) => isString(value) && (instantOnADay(withPlus(value)) || isDay(value)), 'an instant such as "2013-03-01T08:00:00Z", or a day such as "2013-03-01"',
  string({ pattern: `${instantPattern.source}|${datePattern.source}`, examples: ['2013-03-01'] }),
);
export const IsLine = field('line', (value) => isLine(value, lengths.line), `a line of 1 to ${lengths.line} characters`, line);
export const IsNote = field('note', (value) => isLines(value, lengths.note), `a text of 1 to ${lengths.note} characters`, lines(lengths.note));
/** A title: a line, plain or by language. */
export const IsTitle = field(
  'title', (value) => isSaid(value) && isByLanguage(value, (text) => isLine(text, lengths.line)), aTitle, byLanguage(line, { minProperties: 1, examples: [inTwoLanguages] }),
);
/** A title that may be in no language: `{}`. */
export const IsOptionalTitle = field('optional-title', (value) => isByLanguage(value, (text) => isLine(text, lengths.line)), aTitle, byLanguage(line));
/** Paragraphs, plain or by language. */
export const IsText = field(
  'text', (value) => isByLanguage(value, (text) => isLines(text, lengths.text)), `a text of 1 to ${lengths.text} characters, plain or by language ({"en": "…"})`, byLanguage(lines(lengths.text)),
);
export const IsAddress = field(
  'address', (value) => isString(value) && isWithin(value, lengths.url) && /^https?:\/\/[^\s]+$/.test(value) && URL.canParse(value), 'an http or https address',
  string({ format: 'uri', allOf: [{ pattern: '^https?://\\S+$' }], maxLength: lengths.url, examples: ['https://example.org/concept-note'] }),
);
/** As far as an address can be judged by its looks (RFC 5321, 4.5.3.1.3 for its length): whether mail arrives is seen when it does. */
const emailPattern = /^[^\s@<>,;:"()\\]+@[^\s@<>,;:"()\\]+\.[^\s@<>,;:"()\\]+$/;
export const IsEmail = field(
  'email', (value) => isMatching(emailPattern)(value) && String(value).length <= lengths.email, 'an e-mail address', string({ pattern: emailPattern.source, maxLength: lengths.email, examples: ['amina@example.org'] }),
);
/** What was answered, by the id of what was asked: how long a text may be is the form's to say. */
const isAnswer = (value: unknown) => typeof value === 'boolean' || (isString(value) && value.length <= lengths.note);
export const AreAnswers = field(
  'answers', (value) => isObject(value) && Object.entries(value).every(([id, answer]) => slugPattern.test(id) && isAnswer(answer)),
  `an object of texts of at most ${lengths.note} characters, true or false, by the ids of the fields`,
  { type: 'object', additionalProperties: { oneOf: [string({ maxLength: lengths.note }), { type: 'boolean' }] }, examples: [{ diet: 'vegan', photos: true }] },
);
/** An id of ours, or a code as it is typed: in any case, with hyphens and blanks wherever. */
export const IsIdOrCode = field('id-or-code', isMatching(/^[0-9A-Za-z][0-9A-Za-z -]{0,63}$/), 'an id, or a code such as "7KQ2M-4XD9T"', string({ maxLength: 64, examples: ['7KQ2M-4XD9T'] }));
/** One of these words. */
export const IsOneOf = (words: readonly string[]) =>
  field('one-of', (value) => isString(value) && words.includes(value), `one of ${words.map((word) => `"${word}"`).join(', ')}`, string({ enum: words }))();
/** A whole number from `least` to `most`. */
export const IsCount = (least: number, most: number) =>
  field('count', (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most, `a whole number from ${least} to ${most}`, { type: 'integer', minimum: least, maximum: most })();
export const IsYesOrNo = field('yes-or-no', (value) => typeof value === 'boolean', 'true or false', { type: 'boolean' });
/** Says that a value is left as it is: `{"withheld": true}` and nothing else beside it. */
export const IsWithheld = field(
  'withheld', (value, within) => value === true && Object.keys(within).length === 1, 'true, with no field beside it', { type: 'boolean', enum: [true] }, { besides: { dependentSchemas: { withheld: { maxProperties: 1 } } } },
);
const isOnlyWithheld = (value: unknown) =>
  typeof value === 'object' && value !== null && 'withheld' in value && value.withheld === true && Object.keys(value).length === 1;
/** A note; or `{"withheld": true}`: it is left as it is. */
export const IsNoteOrWithheld = field(
  'note', (value) => isLines(value, lengths.note) || isOnlyWithheld(value),
  `a text of 1 to ${lengths.note} characters, or {"withheld": true}: as it is`,
  { oneOf: [lines(lengths.note), { type: 'object', properties: { withheld: { type: 'boolean', enum: [true] } }, required: ['withheld'], additionalProperties: false }] },
);
/** A whole number in an address, from 1. */
export const IsNumber = field('number', isMatching(/^[1-9]\d{0,8}$/), 'a whole number from 1', { type: 'integer', minimum: 1 });
/** One of the pages that a browser is led back to when it was admitted: nothing outside. */
/** Whether it is the address of a page below a convening that a pass opens. */
export const isPlace = isMatching(/^\/convenings\/[a-z0-9][a-z0-9-]{0,63}\/((registrations\/)?history(\.html)?|timeline\.html|agenda(\/difference)?(\.html)?)(\?[\x21-\x7e]{0,1500})?$/);
export const IsPlace = field('place', isPlace, 'the address of a page of a history or an agenda', string({ maxLength: 1_700 }));
/** A place in a stream. */
export const IsRevision = field('revision', isMatching(/^(0|[1-9]\d{0,14})$/), 'a whole number from 0', { type: 'integer', minimum: 0 });
export const IsConflictKey = field(
  'conflict-key', isMatching(/^[a-z0-9.:-]{1,2000}$/), 'the key of a conflict such as "room-taken:opening:panel-1"', string({ maxLength: 2_000, examples: ['room-taken:opening:panel-1'] }),
);
/** A list in which nothing stands twice. */
const listOf = (least: number, most: number, isOne: (value: unknown) => boolean, what: string, items: Schema) =>
  field(
    'list', (value) => Array.isArray(value) && value.length >= least && value.length <= most && new Set(value).size === value.length && value.every(isOne),
    `a list of ${least} to ${most} ${what}, each once`, { type: 'array', minItems: least, maxItems: most, uniqueItems: true, items },
  )();
export const AreLanguages = (least: number) => listOf(least, 50, isMatching(languagePattern), 'language tags', string({ pattern: languagePattern.source, examples: ['en'] }));
/** Ids in an order. */
export const AreSlugs = (most: number) => listOf(0, most, isMatching(slugPattern), 'ids', string({ pattern: slugPattern.source }));
/** A field of a form and the choice made in it. */
export const IsChosen = field(
  'chosen', isMatching(/^[a-z0-9][a-z0-9-]{0,63}:[a-z0-9][a-z0-9-]{0,63}$/), 'the id of a field and of a choice, such as "diet:vegan"', string({ pattern: '^[a-z0-9][a-z0-9-]{0,63}:[a-z0-9][a-z0-9-]{0,63}$', examples: ['diet:vegan'] }),
);
/** Where a page of a list begins: what the page before gave. */
export const IsCursor = field('cursor', isMatching(/^[A-Za-z0-9_-]{1,100}$/), 'the `next` of the page before', string({ maxLength: 100 }));
/** How many entries a page has at most. */
export const IsPageLength = field(
  'page-length', (value) => isMatching(/^[1-9]\d{0,2}$/)(value) && Number(value) <= 500, 'a whole number from 1 to 500', { type: 'integer', minimum: 1, maximum: 500 },
);
