import { Refusal } from '../deciding/refusal.js';
import type { Answers } from './registrations.events.js';
import type { FormField } from './terms.events.js';

const longestText = 2_000;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;

const isDate = (value: string): boolean => {
  const [, year, month, day] = date.exec(value)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
};

/** What each kind of field takes. */
const fits: { readonly [K in FormField['kind']]: (value: string | boolean, field: FormField) => boolean } = {
  text: (value) => typeof value === 'string' && value.trim() !== '' && value.length <= longestText,
  choice: (value, { choices = [] }) => choices.some(({ id }) => id === value),
  date: (value) => typeof value === 'string' && isDate(value),
  consent: (value) => typeof value === 'boolean',
};

/** Whether a required field is answered: a consent that is not given is none. */
const isGiven = (value: string | boolean | undefined, { kind }: FormField): boolean => (kind === 'consent' ? value === true : value !== undefined);

/** Holds answers against the form as it is now. @throws Refusal unknown-answer, answer-missing, answer-invalid */
export const mustAnswer = (form: readonly FormField[], answers: Answers): void => {
  const given = new Map(Object.entries(answers));
  const fields = new Map(form.map((field) => [field.id, field]));
  const unknown = [...given.keys()].filter((id) => !fields.has(id));
  if (unknown.length > 0) throw new Refusal('unknown-answer', { fields: unknown });
  const missing = form.filter((field) => field.required && !isGiven(given.get(field.id), field)).map(({ id }) => id);
  if (missing.length > 0) throw new Refusal('answer-missing', { fields: missing });
  for (const [id, value] of given) {
    const field = fields.get(id)!;
    if (!fits[field.kind](value, field)) throw new Refusal('answer-invalid', { field: id, kind: field.kind, ...(field.choices && { choices: field.choices.map((choice) => choice.id) }) });
  }
};
