/** `status` is the HTTP status; `says` what is wrong; `solve` what to do. */
export interface ProblemDescription {
  readonly status: number;
  readonly says: string;
  readonly solve: string;
}

/** What can be wrong with a request before anything is decided or read. */
export const problems = {
  'malformed-json': { status: 400, says: 'The body is not JSON.', solve: 'Send one JSON object in UTF-8, with `Content-Type: application/json`.' },
  'invalid-body': { status: 400, says: 'The body is not what this resource takes.', solve: 'See `errors`: each names the place in the body and what is expected there.' },
  'invalid-query': { status: 400, says: 'The query is not what this resource takes.', solve: 'See `errors`: each names the parameter and what is expected.' },
  'invalid-path': { status: 400, says: 'The address holds an id that cannot be one.', solve: 'See `errors`: ids are lower-case letters, digits and hyphens; a person’s is a UUID.' },
  'invalid-header': { status: 400, says: 'A header is not what it should be.', solve: 'See `errors` for the header and what is expected.' },
  'foreign-position': { status: 400, says: 'The header `Baraza-Position` names a position in another log.', solve: 'Leave it out: this log was migrated or restored, and positions of another mean nothing in it.' },
  unauthenticated: { status: 401, says: 'This needs the operator’s token.', solve: 'Send `Authorization: Bearer <token>`; the token was printed at the first start, or is set by BARAZA_TOKEN.' },
  'not-found': { status: 404, says: 'There is nothing at this address.', solve: 'See /docs for the addresses and methods there are.' },
  'as-of-without-offset': { status: 400, says: 'The instant in `asOf` has no offset, so it could be several.', solve: 'Send it with its offset: one of `readings` is the hour in the convening’s zone.' },
  'as-of-in-future': { status: 400, says: 'What `asOf` names has not come yet.', solve: 'Send a past instant, or a revision up to the one in `revision`.' },
  'as-of-before-beginning': { status: 404, says: 'What `asOf` names was before the beginning: nothing was recorded yet.', solve: 'Send an instant from the one in `begins` on.' },
  'as-of-before-publication': { status: 404, says: 'At the moment that `asOf` names nothing was published yet.', solve: 'Send an instant from the one in `begins` on.' },
  'nothing-published': { status: 404, says: 'No agenda is published here.', solve: 'Check the id of the convening, or come back when its organisers have published. The operator’s token shows the working draft.' },
  'not-acceptable': { status: 406, says: 'This resource has no form that `Accept` allows.', solve: 'See `available` for the forms there are.' },
  'body-too-large': { status: 413, says: 'The body is too large.', solve: 'Send at most 1 MiB, or 16 MiB of a programme; without a token 256 KiB.' },
  'unsupported-media-type': { status: 415, says: 'The body is not sent as JSON in UTF-8.', solve: 'Send `Content-Type: application/json`, in UTF-8 and not compressed.' },
  'too-many-requests': { status: 429, says: 'So many requests come from this address, or to this convening, that more have to wait.', solve: 'Repeat the request after the number of seconds named in `seconds` and in `Retry-After`.' },
  'internal-error': { status: 500, says: 'Something went wrong on our side.', solve: 'Repeat the request with the same Idempotency-Key; if it stays, tell the operator the `instance`.' },
  'store-awaited': { status: 503, says: 'This node waits for its event store and does not serve yet.', solve: 'Repeat the request later, or on another node; health says why.' },
  'shutting-down': { status: 503, says: 'This node is stopping.', solve: 'Repeat the request on another node, or later.' },
  'too-busy': { status: 503, says: 'This node has too many requests at once.', solve: 'Repeat the request later.' },
} as const satisfies Record<string, ProblemDescription>;

export type ProblemCode = keyof typeof problems;

/** So many things that are wrong are told at once. */
export const mostErrors = 100;

/** One thing wrong with one place of a request. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) as a fragment: `#/slot/start`; of a header or parameter: its name. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A name as a step of a JSON Pointer (RFC 6901, 3). */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** A request that cannot be answered as it stands. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly code: ProblemCode,
    readonly about: Readonly<Record<string, unknown>> = {},
    readonly errors: readonly FieldError[] = [],
  ) {
    super(problems[code].says);
  }
}

/** A header that is not what it should be. */
export const wrongHeader = (name: string, detail: string): Problem => new Problem('invalid-header', {}, [{ pointer: name, code: 'invalid', detail }]);
