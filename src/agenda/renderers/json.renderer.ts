import type { Agenda } from '../agenda.js';

/** The agenda as it is (agenda.ts describes it), one line of JSON with its fields in a fixed order. */
export const jsonParts = (agenda: Agenda): readonly string[] => [JSON.stringify(agenda), '\n'];
