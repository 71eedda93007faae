/** Why a read could not be answered. `status` is the HTTP status; `says` what is wrong; `solve` what to do. */
export const readFailures = {
  'read-model-stopped': {
    status: 503, says: 'What is read holds a fact that this node cannot apply, so it would not be the truth.', solve: 'Upgrade or mend this node; health says which fact and why.',
  },
  'read-model-held-up': {
    status: 503, says: 'This node cannot go on reading the log into its read models at present; what was changed is safe in the log.',
    solve: 'Repeat the request later. `why` says what holds it up: where no space is left, make room on the disk of the data folder’s `read/`, and it goes on by itself.',
  },
  'read-model-rebuilding': { status: 503, says: 'The read model is being built from the log.', solve: 'Repeat the request later; health says how far it is.' },
  'read-behind': { status: 503, says: 'This node has not yet read as far as the request asks for.', solve: 'Repeat the request later.' },
} as const;

export type ReadFailureCode = keyof typeof readFailures;

/** `about` carries what a client can use: positions, the fact that stopped it. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  constructor(readonly code: ReadFailureCode, readonly about: Readonly<Record<string, unknown>> = {}) {
    super(readFailures[code].says);
  }
}
