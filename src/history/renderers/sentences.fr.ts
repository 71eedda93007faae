import type { Role } from '../../convening/appearances.events.js';
import { stopAfter, takenBack, type FieldChange, type Saying, type Sentences } from './saying.js';

/** A space that does not break. */
const nbsp = '\u00a0';
const colon = `${nbsp}:`;
const quoted = (text: string) => `«${nbsp}${text}${nbsp}»`;

// Sentences name what happened, then of whom or what: so they agree with no person's gender.
const roles: Readonly<Record<Role, string>> = {
  moderator: 'modération', chair: 'présidence', speaker: 'intervention', panellist: 'panel', discussant: 'discussion', rapporteur: 'rapport', officiant: 'conduite de la cérémonie',
  interpreter: 'interprétation', facilitator: 'animation',
};
const ways: Readonly<Record<string, string>> = {
  email: 'par courriel', letter: 'par lettre', telephone: 'par téléphone', message: 'par message', 'in-person': 'de vive voix', form: 'par formulaire', other: 'par une autre voie',
};
const standings: Readonly<Record<string, string>> = {
  pending: 'à approuver', waiting: 'sur la liste d’attente', offered: 'place proposée', seated: 'place attribuée', 'no-show': 'absence', refused: 'refus', withdrawn: 'retrait', lapsed: 'place non prise', substituted: 'remplacement',
};
const rules: Readonly<Record<string, string>> = {
  'room-taken': 'salle déjà prise', 'person-in-two-places': 'une personne à deux endroits', 'person-unavailable': 'personne non disponible', 'outside-days': 'hors des jours de la réunion',
  'no-time-to-change': 'pas le temps de changer de salle', 'room-too-small': 'salle trop petite', 'no-moderator': 'personne ne modère', 'not-confirmed': 'confirmation manquante', 'no-slot': 'sans créneau',
  'no-room': 'sans salle', 'items-too-long': 'déroulement trop long', 'no-break': 'aucune pause',
};
const severities: Readonly<Record<string, string>> = { block: 'refus', hold: 'publication retenue', warn: 'signalement', off: 'non recherché' };
const readers: Readonly<Record<string, string>> = { public: 'le public', participants: 'les participants', internal: 'les organisateurs' };

const listed = (all: readonly string[]) => (all.length > 1 ? `${all.slice(0, -1).join(', ')} et ${all.at(-1)}` : all.join(''));
const change = ({ field, from, to }: FieldChange) => (from === undefined || to === undefined ? field : `${field}${colon} ${from} → ${to}`);
const changes = (all: readonly FieldChange[]) => all.map(change).join(`${nbsp}; `);
const seat = (who: string, { role, session }: Saying) => `${who} (${roles[role]}, ${quoted(session)})`;
const seated = (say: Saying) => seat(say.who, say);
const by = (way: string | undefined) => (way === undefined ? '' : `, ${ways[way] ?? ''}`);
const ofConflict = (conflict: string) => rules[conflict.split(':')[0] ?? ''] ?? conflict;
const inSessions = ({ sessions }: Saying) => (sessions.length > 0 ? ` (${listed(sessions.map(quoted))})` : '');
/** Long lists are told by their first. */
const someOf = (revisions: readonly number[]) => (revisions.length > 10 ? `${revisions.slice(0, 9).join(', ')} et ${revisions.length - 9} autres` : listed(revisions.map(String)));
const everybody = (ids: readonly string[], { registration }: Saying) => (ids.length > 5 ? `${ids.slice(0, 4).map(registration).join(', ')} et ${ids.length - 4} autres` : listed(ids.map(registration)));
/** A sentence in a sentence. */
const inner = (sentence: string) => sentence.replaceAll(`«${nbsp}`, '“').replaceAll(`${nbsp}»`, '”');
const seats = (capacity: number | undefined) => (capacity === undefined ? '' : `, ${capacity} place${capacity < 2 ? '' : 's'}`);
const attendance = ({ participants, countries }: { readonly participants?: number; readonly countries?: number }, { words }: Saying) => {
  const figures = words.attendance(participants, countries);
  return figures === '' ? '' : `, ${figures}`;
};

/** The history in French. */
export const french: Sentences = {
  language: 'fr',
  tell: {
    ConveningPlanned: ({ title, start, end }, { text, words }) => `Réunion prévue${colon} ${quoted(text(title))}, ${words.dates(start, end)}`,
    ProgrammeCarriedOver: ({ origin: { convening, version } }) => `Programme repris de ${convening}${version === undefined ? '' : `, tel que publié dans ${quoted(version)}`}`,
    ConveningDetailsChanged: ({ from, to }, say) => `Présentation de la réunion modifiée${colon} ${changes(say.changes(from, to))}`,
    ConveningDatesChanged: ({ from, to }, { words }) => `Réunion déplacée du ${words.dates(from.start, from.end)} au ${words.dates(to.start, to.end)}`,
    ConveningZoneChanged: ({ from, to }) => `Fuseau horaire de la réunion modifié, de ${from} à ${to}`,
    PolicyChanged: ({ from, to }, say) => `Règles modifiées${colon} ${changes(say.changes(from, to))}`,
    RoomAdded: ({ name, capacity }, { text }) => `Salle ajoutée${colon} ${text(name)}${seats(capacity)}`,
    RoomChanged: ({ room, from, to }, say) => `Salle ${say.room(room)} modifiée${colon} ${changes(say.changes(from, to))}`,
    RoomRemoved: ({ from }, { text }) => `Salle supprimée${colon} ${text(from.name)}`,
    RoomsReordered: () => 'Ordre des salles modifié',
    TrackAdded: ({ name }, { text }) => `Thème ajouté${colon} ${quoted(text(name))}`,
    TrackChanged: ({ track, from, to }, say) => `Thème ${quoted(say.track(track))} modifié${colon} ${changes(say.changes(from, to))}`,
    TrackRemoved: ({ from }, { text }) => `Thème supprimé${colon} ${quoted(text(from.name))}`,
    TracksReordered: () => 'Ordre des thèmes modifié',
    SessionPlanned: ({ kind }, { session, words }) => `Session prévue${colon} ${quoted(session)}${words.kinds[kind] ? ` (${words.kinds[kind].toLowerCase()})` : ''}`,
    SessionDetailsChanged: ({ from, to }, say) => `Session ${quoted(say.session)} modifiée${colon} ${changes(say.changes(from, to))}`,
    SessionNotesChanged: ({ from, to }, { session }) => `Notes sur ${quoted(session)} ${!from ? 'rédigées' : to ? 'modifiées' : 'supprimées'}`,
    SessionCancelled: (_, { session }) => `Session annulée${colon} ${quoted(session)}`,
    SessionReinstated: (_, { session }) => `Session rétablie${colon} ${quoted(session)}`,
    SessionRemoved: ({ title }, { text }) => `Session retirée du programme${colon} ${quoted(text(title))}`,
    SessionsReordered: () => 'Ordre des sessions modifié',
    SessionScheduled: ({ slot }, say) => `Créneau de la session ${quoted(say.session)}${colon} ${say.slot(slot)}`,
    SessionMoved: ({ from, to }, { session, slot, clock }) =>
      from.start === to.start && from.room === to.room
        ? `Fin de la session ${quoted(session)} (${slot(to)})${colon} ${clock(to.end)} au lieu de ${clock(from.end)}`
        : `Session ${quoted(session)} déplacée de ${slot(from)}, à ${slot(to)}`,
    SessionUnscheduled: ({ from }, say) => `Session ${quoted(say.session)} privée de son créneau${colon} ${say.slot(from)}`,
    ReconfirmationAsked: ({ to }, say) => `Nouvelle confirmation demandée${colon} ${seated(say)}, ${say.slot(to)}`,
    ItemAdded: ({ item }, say) => `Étape ajoutée au déroulement de ${quoted(say.session)}${colon} ${say.item(item)}`,
    ItemChanged: ({ from, to }, say) => `Étape ${say.item(from)} du déroulement de ${quoted(say.session)} modifiée${colon} ${changes(say.changes(from, to))}`,
    ItemRemoved: ({ from }, say) => `Étape retirée du déroulement de ${quoted(say.session)}${colon} ${say.item(from)}`,
    ItemsReordered: (_, { session }) => `Ordre du déroulement de ${quoted(session)} modifié`,
    AppearanceProposed: ({ replaces }, say) => `Proposition${colon} ${seated(say)}${replaces === undefined ? '' : `, à la place de ${say.seat(replaces)}`}`,
    AppearanceNamed: ({ credit, office }, say) => `Désignation${colon} ${seat(say.name(credit), say)}${office ? `, pour ${say.office(office)}` : ''}`,
    CreditChanged: ({ from, to }, say) => `Mention modifiée${colon} ${seat(say.name(to), say)}${colon} ${changes(say.changesOfCredit(from, to))}`,
    OfficeChanged: ({ from, to }, say) => `Mention d’un siège sans nom modifiée (${roles[say.role]}, ${quoted(say.session)})${colon} ${changes(say.changes(from, to))}`,
    RoleChanged: ({ from, to }, { who, session }) => `Rôle modifié${colon} ${who} (${quoted(session)}), ${roles[from]} → ${roles[to]}`,
    RepresentationChanged: ({ to }, say) => (to ? `Représentation${colon} ${seated(say)}, au nom de ${quoted(say.text(to))}` : `Représentation${colon} ${seated(say)}, au nom de personne en particulier`),
    AppearanceInvited: ({ way, answerBy }, say) => `Invitation${by(way)}${colon} ${seated(say)}${answerBy === undefined ? '' : `, réponse souhaitée avant le ${say.moment(answerBy)}`}`,
    AppearanceConfirmed: ({ way, slot }, say) => `Confirmation${by(way)}${colon} ${seated(say)}${slot ? `, ${say.slot(slot)}` : ''}`,
    AppearanceTentativelyConfirmed: ({ way, slot }, say) => `Confirmation sous réserve${by(way)}${colon} ${seated(say)}${slot ? `, ${say.slot(slot)}` : ''}`,
    AppearanceDeclined: ({ way }, say) => `Refus${by(way)}${colon} ${seated(say)}`,
    AppearanceWithdrawn: ({ way }, say) => `Désistement${by(way)}${colon} ${seated(say)}`,
    AppearanceCancelled: (_, say) => `Participation annulée${colon} ${seated(say)}`,
    AppearanceReplaced: ({ with: next }, say) => `Remplacement${colon} ${seated(say)}, par ${say.seat(next)}`,
    AttendanceRecorded: ({ to }, say) => `${to === 'appeared' ? 'Présence' : 'Absence'}${colon} ${seated(say)}`,
    AppearanceRemoved: (_, say) => `Siège supprimé${colon} ${seated(say)}`,
    AppearancesReordered: (_, { session }) => `Ordre des personnes de ${quoted(session)} modifié`,
    AvailabilityStated: ({ person, to }, say) =>
      to.length === 0 ? `Disponibilité sans restriction${colon} ${say.person(person)}` : `Indisponibilité${colon} ${say.person(person)}, ${listed(to.map(({ start, end }) => `du ${say.clock(start)} au ${say.clock(end)}`))}`,
    ConflictAccepted: ({ conflict, circumstance }, say) => `Conflit accepté${circumstance ? '' : ' d’avance'}${colon} ${ofConflict(conflict)}${inSessions(say)}`,
    AcceptedConflictArose: ({ conflict }, say) => `Conflit accepté d’avance survenu${colon} ${ofConflict(conflict)}${inSessions(say)}`,
    ConflictAcceptanceWithdrawn: ({ conflict }, say) => `Conflit qui n’est plus accepté${colon} ${ofConflict(conflict)}${inSessions(say)}`,
    AgendaPublished: ({ number, label, audience }) => `Version ${number} publiée, ${quoted(label)}, pour ${readers[audience]}`,
    PublicationWithdrawn: ({ number, label }) => `Version ${number} retirée, ${quoted(label)}`,
    ProgrammePartSet: ({ part, of }) => `La partie ${part} sur ${of} du programme a été enregistrée`,
    ChangesTakenBack({ revisions }, say) {
      const { told, others } = takenBack(revisions, say);
      const rest = others.length === 0 ? [] : [`ce qui s’est passé ${others.length > 1 ? 'aux révisions' : 'à la révision'} ${someOf(others)}`];
      return `Retour sur${colon} ${listed([...told.map(([sentence, revision]) => `${quoted(inner(sentence))} (révision ${revision})`), ...rest])}`;
    },
    ConveningConcluded: (data, say) => `Réunion terminée${attendance(data.attendance, say)}`,
    ReportedAttendanceCorrected: ({ from, to }, say) => `Participation rapportée corrigée${colon} ${changes(say.changes(from, to))}`,
    ConveningCancelled: () => 'Réunion annulée',

    RegistrationPrepared: () => 'Inscriptions préparées',
    RegistrationTermsChanged: ({ from, to }, say) => `Conditions d’inscription modifiées${colon} ${changes(say.changes(from, to))}`,
    FormChanged: ({ to }) => `Formulaire d’inscription modifié${colon} ${to.length} champ${to.length < 2 ? '' : 's'}`,
    CategoryAdded: ({ name, capacity }, { text }) => `Catégorie ajoutée${colon} ${quoted(text(name))}${seats(capacity)}`,
    CategoryChanged: ({ category, from, to }, say) => `Catégorie ${quoted(say.category(category))} modifiée${colon} ${changes(say.changes(from, to))}`,
    CategoryClosed: ({ category, into }, say) => `Catégorie fermée${colon} ${quoted(say.category(category))}${into === undefined ? '' : `, inscriptions reportées dans ${quoted(say.category(into))}`}`,
    PersonRegistered: ({ registration, category, standing }, say) => `Inscription${colon} ${say.registration(registration)}, ${quoted(say.category(category))}, ${standings[standing]}`,
    FormRepeated: ({ registration }, say) => `Nouveau formulaire avec l’adresse de ${say.registration(registration)}`,
    RegistrationApproved: ({ registration, standing }, say) => `Inscription approuvée${colon} ${say.registration(registration)}, ${standings[standing]}`,
    RegistrationRefused: ({ registration }, say) => `Inscription refusée${colon} ${say.registration(registration)}`,
    RegistrationWithdrawn: ({ registration, from }, say) => `Désistement${colon} ${say.registration(registration)}, ${standings[from]}`,
    RegistrationSubstituted: ({ registration, with: next }, say) => `Remplacement${colon} ${say.registration(registration)}, par ${say.registration(next)}`,
    RegistrationRecategorised: ({ registration, from, to }, say) => `Catégorie changée${colon} ${say.registration(registration)}, ${quoted(say.category(to))} au lieu de ${quoted(say.category(from))}`,
    SeatsGiven: ({ registrations }, say) => `Places libérées attribuées${colon} ${everybody(registrations, say)}`,
    SeatsOffered: ({ registrations, until }, say) => `Places libérées réservées jusqu’au ${say.moment(until)}${colon} ${everybody(registrations, say)}`,
    OfferAccepted: ({ registration }, say) => `Place réservée acceptée${colon} ${say.registration(registration)}`,
    OffersLapsed: ({ registrations }, say) => `Places réservées non prises${colon} ${everybody(registrations, say)}`,
    CheckedIn: ({ registration, day }, say) => `Arrivée${colon} ${say.registration(registration)}, le ${say.words.date(day)}`,
    CheckInUndone: ({ registration, day }, say) => `Arrivée annulée${colon} ${say.registration(registration)}, le ${say.words.date(day)}`,
    NoShowRecorded: ({ registration }, say) => `Absence${colon} ${say.registration(registration)}`,
    NoShowUndone: ({ registration }, say) => `Présence après tout${colon} ${say.registration(registration)}`,
    SessionCapacityChanged: ({ from, to }, { session }) => `Places de ${quoted(session)} modifiées${colon} ${from ?? 'sans limite'} → ${to ?? 'sans limite'}`,
    SessionSeatAsked: ({ registration, standing }, say) => `Inscription à ${quoted(say.session)}${colon} ${say.registration(registration)}, ${standings[standing]}`,
    SessionSeatLeft: ({ registration }, say) => `Place rendue dans ${quoted(say.session)}${colon} ${say.registration(registration)}`,
    SessionSeatsGiven: ({ registrations }, say) => `Places libérées dans ${quoted(say.session)}${colon} ${everybody(registrations, say)}`,
  },
  by: (sentence, actor, reason) => `${sentence}, par ${actor}${reason === undefined ? '.' : `, motif${colon} ${quoted(reason)}${stopAfter(reason)}`}`,
  moment: (date, time) => `${date} ${time}`,
  fields: {
    title: 'titre', subtitle: 'sous-titre', description: 'description', languages: 'langues', venue: 'lieu', capacity: 'places', organisers: 'organisateurs', links: 'liens', name: 'nom', colour: 'couleur',
    kind: 'type', abstract: 'résumé', track: 'thème', language: 'langue', interpretation: 'interprétation', audience: 'lecteurs', minutes: 'minutes', appearance: 'intervention de', honorific: 'civilité',
    sortName: 'nom de classement', position: 'fonction', organisation: 'organisation', country: 'pays', label: 'mention', participants: 'participants', countries: 'pays représentés', source: 'source',
    reconfirm: 'nouvelle confirmation', names: 'noms montrés', publish: 'publication', reasonRequired: 'motif exigé', minutesToChange: 'minutes pour changer de salle', minutesWithoutBreak: 'minutes sans pause',
    opens: 'ouverture', closes: 'clôture', hoursToAccept: 'heures pour accepter une place', placesTold: 'annonce des places libres', approval: 'approbation', city: 'ville', address: 'adresse',
    start: 'début', end: 'fin', zone: 'fuseau horaire', policy: 'règles', conflicts: 'conflits', origin: 'repris de', convening: 'réunion', revision: 'révision', version: 'version', unscheduled: 'sans horaire', order: 'ordre',
    notes: 'notes', slot: 'créneau', room: 'salle', item: 'étape', id: 'identifiant', role: 'rôle', person: 'personne', credit: 'mention imprimée', state: 'état', office: 'fonction', represents: 'représente', way: 'voie', answerBy: 'réponse souhaitée avant',
    note: 'note', replaces: 'à la place de', with: 'remplacement par', unavailable: 'non disponible', circumstance: 'circonstances', slots: 'créneaux', people: 'personnes', number: 'numéro', cancelled: 'annulé', revisions: 'révisions', attendance: 'participation', part: 'partie', of: 'sur',
    form: 'formulaire', required: 'obligatoire', choices: 'choix', code: 'code', standing: 'statut', entry: 'données fournies', given: 'prénom', family: 'nom de famille', answers: 'réponses', repeat: 'formulaire répété', until: 'jusqu’au', category: 'catégorie', day: 'jour',
    into: 'déplacé vers', confirmedFor: 'confirmé pour', shortName: 'sigle', url: 'adresse', contact: 'contact', email: 'courriel', telephone: 'téléphone', ...Object.fromEntries(Object.entries(rules).map(([rule, text]) => [rule, quoted(text)])),
  },
  values: {
    role: roles, way: ways, standing: standings, audience: readers, ...Object.fromEntries(Object.keys(rules).map((rule) => [rule, severities])),
    kind: { government: 'gouvernement', un: 'Nations Unies', igo: 'organisation intergouvernementale', nhri: 'institution nationale des droits de l’homme', ngo: 'organisation non gouvernementale', academia: 'université', private: 'secteur privé', media: 'médias', other: 'autre', text: 'texte', choice: 'choix', date: 'date', consent: 'consentement' },
    reconfirm: { never: 'jamais', time: 'si l’horaire change', 'time-or-room': 'si l’horaire ou la salle change' }, names: { confirmed: 'après confirmation', 'confirmed-and-tentative': 'après confirmation, même sous réserve' },
    publish: { 'on-request': 'sur demande', 'at-once': 'à chaque changement' }, placesTold: { number: 'leur nombre', whether: 's’il en reste', nothing: 'pas annoncées' }, approval: { automatic: 'automatique', 'by-hand': 'au cas par cas' },
  },
  operator: 'l’opérateur',
  formerOperator: (id) => `un opérateur antérieur (${id})`,
  itself: 'Baraza lui-même',
  themself: 'la personne elle-même',
  nobodyNamed: 'Siège sans nom',
  withheld: '(nom non communiqué)',
  none: 'rien',
  yes: 'oui',
  no: 'non',
  page: {
    title: 'Historique', skip: 'Aller aux changements', moment: 'Moment', show: 'Montrer', timeline: 'Chronologie',
    timelineHelp: { day: 'Choisissez un jour : la page montre le programme tel qu’il était à la fin de ce jour.', quarter: 'Choisissez une heure : la page montre le programme tel qu’il était à cette heure.' },
    marks: { day: 'Publications et jours chargés', quarter: 'Publications et moments chargés' }, latest: 'Maintenant',
    published: (label, moment) => `Publication ${quoted(label)}, ${moment}`, busy: (time, changes) => `${time} (${changes} changement${changes < 2 ? '' : 's'})`, changed: 'Modifié', sincePublished: (label, moment) => `Changements depuis la publication ${quoted(label)}, ${moment}`, sinceTime: (time) => `Changements après le ${time}`, sinceBeginning: 'Changements depuis le début',
    moreHappened: 'D’autres changements ont eu lieu.', showNow: 'Afficher l’état actuel', nothingChanged: 'Rien n’a changé entre-temps.', agendaThen: 'Le programme tel qu’il était', asItStood: (date, time, revision) => `État au ${date}, ${time} (révision ${revision})`, link: 'Lien vers ce moment',
    linkHelp: 'Qui a le jeton peut l’ouvrir et voit exactement ceci.', history: 'Tout ce qui s’est passé, le plus récent d’abord', filters: 'Rechercher', search: 'Mots', session: 'Session', person: 'Personne', room: 'Salle', actor: 'Par', type: 'Nature du fait',
    from: 'Du', to: 'Au', any: 'toutes', apply: 'Rechercher', clear: 'Tout montrer', noFacts: 'Rien n’a été trouvé.', older: 'Plus anciens', newer: 'Plus récents', pages: 'Pages', before: 'Avant', after: 'Après', details: 'Avant et après', because: 'motif',
    partOf: 'un seul changement', more: 'Le reste de ce changement', revision: 'Révision', thenLink: 'le programme alors', token: 'Jeton', signIn: 'Ouvrir', signInTitle: 'L’historique est réservé aux organisateurs',
    signInHelp: 'Saisissez le jeton de l’opérateur. Pendant douze heures, ce navigateur pourra lire l’historique et le document de travail du programme, sans rien modifier.', wrongToken: 'Ce n’est pas le jeton.', signOut: 'Fermer l’historique sur ce navigateur', file: 'En tableau (CSV)',
  },
};
