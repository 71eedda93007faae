import type { PersonId } from '../event-store/personal.js';

/** Who stands in the facts as who asked where nobody did: what Baraza does by itself when its time has come. */
export const itself: PersonId = 'ba4a2a00-0000-8000-8000-000000000000';
