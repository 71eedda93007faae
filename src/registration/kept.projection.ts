import { FactReader } from '../event-store/codec.js';
import { registrationDecider } from './registration.decider.js';
import { registrationCatalogue } from './registration.events.js';

/** How the state of registrations is made and kept, for the thread that keeps it. */
export const kept = { decider: registrationDecider, codec: new FactReader(registrationCatalogue) };

/** By what a thread finds it. */
export const keptByThreads = import.meta.url;
