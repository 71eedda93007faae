import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { escaped, Problem, type FieldError, type ProblemCode } from './problems.js';

const mostErrors = 20;

/** `isSlug` and `whitelistValidation` as codes of the interface: `slug`, `unknown-field`. */
const codeOf = (constraint: string): string => {
  if (constraint === 'whitelistValidation') return 'unknown-field';
  if (constraint === 'isDefined') return 'missing';
  return constraint.replace(/^is(?=[A-Z])/, '').replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
};

/** The errors of class-validator, each with its place. */
const fieldErrors = (errors: readonly ValidationError[], at: string): FieldError[] =>
  errors.flatMap(({ property, constraints = {}, children = [], value }) => {
    const pointer = `${at}/${escaped(property)}`;
    // A field that is missing breaks all its rules at once: one sentence says it.
    const missing = value === undefined && !('whitelistValidation' in constraints) && Object.keys(constraints).length > 0;
    if (missing) return [{ pointer, code: 'missing', detail: `${property} is missing.` }];
    const own = Object.entries(constraints).flatMap(([constraint, detail]) => {
      if (constraint === 'nestedValidation') return []; // Said by the field's own kind.
      return { pointer, code: codeOf(constraint), detail: constraint === 'whitelistValidation' ? `There is no field ${property} here.` : detail };
    });
    // What is no object has no fields to speak of.
    return own.length > 0 ? own : fieldErrors(children, pointer);
  });

const codes: Readonly<Record<ArgumentMetadata['type'], ProblemCode>> = { body: 'invalid-body', query: 'invalid-query', param: 'invalid-path', custom: 'invalid-body' };

class InvalidFields extends Error {
  constructor(readonly errors: readonly ValidationError[]) {
    super();
  }
}

/** Holds every body, query and path against its class: wrong types and unknown fields are refused, with all places at once. */
export class Validation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: false, // A class without fields takes an empty body, and nothing else.
      validationError: { target: false, value: true },
      exceptionFactory: (errors) => new InvalidFields(errors),
    });
  }

  /** @throws Problem */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof InvalidFields) throw new Problem(codes[metadata.type], {}, fieldErrors(error.errors, '#').slice(0, mostErrors));
      throw error;
    }
  }
}
