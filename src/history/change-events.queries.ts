import type { Publication } from '../convening/convening.js';
import type { StoredFact } from '../event-store/event-store.js';

/** So long, in milliseconds, a browser waits before it asks again. */
const comeBack = 5_000;

/** A fact as it is told to organisers who listen: who wants to know more reads the history from there. */
export interface ChangeTold {
  readonly revision: number;
  /** When it was recorded (UTC). */
  readonly at: string;
  /** What kind of fact it is. */
  readonly type: string;
  /** The id of the command that it came of. */
  readonly command: string;
  /** Ids of what it is about. */
  readonly session?: string;
  readonly room?: string;
  readonly track?: string;
  readonly appearance?: string;
}

/** What is published now for those who listen; null: nothing is any more. */
export interface PublicationTold {
  readonly version: Pick<Publication, 'number' | 'label' | 'at' | 'revision'> | null;
}

const subjects = ['session', 'room', 'track', 'appearance'] as const;

/** Names no person and no text. */
export const changeOf = ({ revision, type, data, metadata }: StoredFact): ChangeTold => {
  // Casts: the codec wrote them; of the data only ids of these names are looked at.
  const { at, commandId } = JSON.parse(metadata) as { at: string; commandId: string };
  const about = JSON.parse(data) as Readonly<Record<string, unknown>>;
  return { revision, at, type, command: commandId, ...Object.fromEntries(subjects.flatMap((subject) => (typeof about[subject] === 'string' ? [[subject, about[subject]]] : []))) };
};

export const publicationOf = (shown: Publication | undefined): PublicationTold =>
  ({ version: shown ? { number: shown.number, label: shown.label, at: shown.at, revision: shown.revision } : null });

/** As server-sent events have it (WHATWG HTML, 9.2). */
export const eventOf = (id: number, told: ChangeTold | PublicationTold): string => `id: ${id}\ndata: ${JSON.stringify(told)}\n\n`;

/** Tells nothing but from where to go on when the connection is lost. */
export const noEvent = (id: number): string => `retry: ${comeBack}\nid: ${id}\n\n`;
