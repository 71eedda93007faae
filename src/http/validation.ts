import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { inTurns } from '../event-store/breather.js';
import { isObject } from './fields.js';
import { meantBy } from './meant.js';
import { escaped, mostErrors, Problem, type FieldError, type ProblemCode } from './problems.js';
import { fieldsOf, type Shape } from './shape.js';

const codes: Readonly<Record<ArgumentMetadata['type'], ProblemCode>> = { body: 'invalid-body', query: 'invalid-query', param: 'invalid-path', custom: 'invalid-body' };
/** What a parameter is that has no class of ours. */
const plain: ReadonlySet<unknown> = new Set([undefined, String, Boolean, Number, Array, Object]);

/** Holds every body, query and path against its class: wrong types and unknown fields are refused, with all places at once. */
export class Validation implements PipeTransform<unknown> {
  /** @throws Problem */
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (type === 'custom' || plain.has(metatype)) return value;
    const faults: FieldError[] = [];
    // Casts: what Nest gives for a class is one, and what is no object was refused when it was read.
    await inTurns(facing(value as object, metatype as Shape, '#', faults));
    if (faults.length > 0) throw new Problem(codes[type], {}, faults.slice(0, mostErrors));
    return value;
  }
}

/** All that is wrong with an object, each with its place. `at`: its own. */
export const faultsIn = (value: object, shape: Shape, at = '#', faults: FieldError[] = []): FieldError[] => {
  for (const _ of facing(value, shape, at, faults));
  return faults;
};

/** What is there already was not meant. */
const meant = (name: string, value: object, fields: ReadonlyMap<string, unknown>): string => {
  const found = meantBy(name, [...fields.keys()].filter((field) => !Object.hasOwn(value, field)));
  return found === undefined ? '' : ` Did you mean \`${found}\`?`;
};

/** Adds what is wrong with an object. After each entry of its lists others may have their turn: a whole programme is long. */
function* facing(value: object, shape: Shape, at: string, faults: FieldError[]): Generator<undefined, void> {
  const fields = fieldsOf(shape);
  for (const name of Object.keys(value)) if (!fields.has(name)) faults.push({ pointer: `${at}/${escaped(name)}`, code: 'unknown-field', detail: `There is no field ${name} here.${meant(name, value, fields)}` });
  for (const [name, { kind, presence }] of fields) {
    if (faults.length >= mostErrors) return;
    // Cast: whatever it holds.
    const held = (value as Readonly<Record<string, unknown>>)[name];
    const pointer = `${at}/${name}`;
    if (held === undefined) {
      if (presence === 'needed') faults.push({ pointer, code: 'missing', detail: `${name} is missing.` });
    } else if ((held === null && presence === 'removed') || (held === '' && presence === 'empty')) continue;
    else if (!kind.fits(held, value)) faults.push({ pointer, code: kind.code, detail: `${name} must be ${kind.expects}.` });
    else if (kind.of) {
      // Cast: what fits a kind that has a class is an object, or a list.
      const parts = held as object | readonly unknown[];
      if (!Array.isArray(parts)) faultsIn(parts, kind.of(), pointer, faults);
      else
        for (const [index, part] of (parts as readonly unknown[]).entries()) {
          if (faults.length >= mostErrors) return;
          if (isObject(part)) faultsIn(part, kind.of(), `${pointer}/${index}`, faults);
          else faults.push({ pointer: `${pointer}/${index}`, code: 'object', detail: `Each entry of ${name} must be an object.` });
          yield;
        }
    }
  }
}
