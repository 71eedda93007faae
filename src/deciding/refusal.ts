/** `status` is the HTTP status; `says` what is wrong; `solve` what to do. */
interface Row {
  readonly status: 400 | 403 | 404 | 409 | 412 | 422 | 428;
  readonly says: string;
  readonly solve: string;
}

/** Why a command may not come true. The codes are part of the interface; docs/reference/refusals.md is made from this table. */
export const refusals = {
  'convening-exists': { status: 409, says: 'A convening with this id was begun already.', solve: 'Choose another id; an id is used once, for ever.' },
  'unknown-origin': { status: 422, says: 'The convening to start from is not there, or was not as of then.', solve: 'Check `from.convening` and `from.asOf`.' },
  'unknown-convening': { status: 404, says: 'There is no such convening.', solve: 'Check the id, or plan it first.' },
  'convening-over': { status: 409, says: 'The convening is concluded or cancelled.', solve: 'Nothing more can be planned in it; plan a new one from it. Texts, credits and links of a concluded one can be corrected with a reason.' },
  'reason-required': { status: 422, says: 'This change must say why.', solve: 'Send the header `Reason` (percent-encoded UTF-8).' },
  'ends-before-it-starts': { status: 422, says: 'The end is not after the start.', solve: 'Send an end later than the start.' },
  'unknown-zone': { status: 422, says: 'There is no such time zone.', solve: 'Send an IANA name such as `Africa/Dar_es_Salaam`.' },
  'local-time-missing': { status: 422, says: 'This local time does not exist: the clocks are put forward over it.', solve: 'Send one of the two readings named in `before` and `after`, with its offset.' },
  'local-time-ambiguous': { status: 422, says: 'This local time exists twice: the clocks are put back over it.', solve: 'Send one of the two readings named in `earlier` and `later`, with its offset.' },
  'unknown-room': { status: 404, says: 'The convening has no such room.', solve: 'Add the room first, or check its id.' },
  'room-exists': { status: 409, says: 'The convening has a room with this id.', solve: 'Choose another id, or change the room that is there.' },
  'room-in-use': { status: 409, says: 'Sessions take place in this room.', solve: 'Move the sessions named in `sessions` first.' },
  'unknown-track': { status: 404, says: 'The convening has no such track.', solve: 'Add the track first, or check its id.' },
  'track-exists': { status: 409, says: 'The convening has a track with this id.', solve: 'Choose another id, or change the track that is there.' },
  'track-in-use': { status: 409, says: 'Sessions belong to this track.', solve: 'Give the sessions named in `sessions` another track first.' },
  'unknown-session': { status: 404, says: 'The convening has no such session.', solve: 'Plan the session first, or check its id.' },
  'session-exists': { status: 409, says: 'The convening has a session with this id.', solve: 'Choose another id, or change the session that is there.' },
  'session-in-unknown-track': { status: 422, says: 'The session is to belong to a track that the convening does not have.', solve: 'Add the track first, or name one of the convening’s tracks.' },
  'slot-in-unknown-room': { status: 422, says: 'The slot is in a room that the convening does not have.', solve: 'Add the room first, or name one of the convening’s rooms.' },
  'session-cancelled': { status: 409, says: 'The session is cancelled.', solve: 'Reinstate it first.' },
  'session-not-removable': { status: 409, says: 'The session was published, or somebody was invited to it, so it cannot vanish.', solve: 'Cancel it instead.' },
  'order-incomplete': { status: 422, says: 'An order names everything there is exactly once.', solve: 'Send all ids named in `expected`, each once.' },
  'unknown-appearance': { status: 404, says: 'The session has no such appearance.', solve: 'Propose it first, or check its id.' },
  'appearance-exists': { status: 409, says: 'The session has an appearance with this id.', solve: 'Choose another id, or change the appearance that is there.' },
  'appears-already': { status: 409, says: 'This person has this role in this session already.', solve: 'Use the appearance named in `appearance`.' },
  'person-missing': { status: 422, says: 'A name needs the person it belongs to.', solve: 'Send `person`: a UUID; make a new one for somebody new.' },
  'name-missing': { status: 422, says: 'A named seat needs the name to print.', solve: 'Send `credit.name`.' },
  'nobody-named': { status: 409, says: 'Nobody is named for this seat yet.', solve: 'Name somebody first.' },
  'already-named': { status: 409, says: 'Somebody has this seat already.', solve: 'Replace the appearance, or change what is printed of it. In a document, give who comes in their place an appearance with an `id` of its own, and leave this one out: then it is cancelled.' },
  'wrong-state': { status: 409, says: 'The appearance is in a state in which this cannot happen.', solve: '`state` is the one that it is in, and `allowed` are those from which it can come to what was asked. One that was cancelled or replaced stays so: add another appearance.' },
  'appearance-not-removable': { status: 409, says: 'The appearance was published or went past `proposed`, so it cannot vanish.', solve: 'Cancel it instead.' },
  'answer-by-past': { status: 422, says: 'The date to answer by has passed.', solve: 'Send a later one.' },
  'given-in-future': { status: 422, says: 'What was said cannot have been said in the future.', solve: 'Send `given` no later than now, or leave it out.' },
  'item-of-unknown-appearance': { status: 422, says: 'The item is the step of an appearance that the session does not have.', solve: 'Propose the appearance first, or name one of the session’s.' },
  'items-repeated': { status: 422, says: 'Two items have the same id.', solve: 'Give each item an id of its own.' },
  'conflict-blocks': { status: 409, says: 'The change makes a conflict that the convening’s policy does not allow.', solve: 'Change the plan. Or accept the conflict by its `key`, with a reason, and ask again; where it is there already and accepted as it is, with `beforehand`: for what this change makes of it.' },
  'room-taken': { status: 409, says: 'Another session occupies the room at that time.', solve: 'Choose another room or time, or move the session named in `by`. Or accept the conflict by its `key`, with a reason, and ask again; where it is there already and accepted as it is, with `beforehand`: for what this change makes of it.' },
  'conflict-not-accepted': { status: 404, says: 'No acceptance of this conflict is recorded.', solve: 'See the list of conflicts for what was accepted.' },
  'unknown-conflict': { status: 422, says: 'This is not the key of a conflict: its rule or ids are not known here.', solve: 'Use a key as the list of conflicts or a refusal gives it.' },
  'publication-held': { status: 409, says: 'Conflicts hold the publication.', solve: 'Solve or accept the conflicts named in `conflicts`, then publish again.' },
  'label-used': { status: 409, says: 'Another publication has this label.', solve: 'Choose another label.' },
  'unknown-publication': { status: 404, says: 'There is no such publication.', solve: 'Check its number in the list of publications.' },
  'attendance-missing': { status: 422, says: 'A conclusion was recorded already, and nothing about attendance was sent.', solve: 'Send the corrected attendance.' },
  'programme-refused': { status: 409, says: 'The document asks for several things that may not be.', solve: 'See `errors`: each names a place in the document, a code, and in `about` what is needed to act.' },
  'programme-unfinished': { status: 409, says: 'The programme was set in parts, and the last of them did not come: nothing can be published until it is whole.', solve: 'Put the programme again: what is there already changes nothing, and what is missing is added.' },
  'id-repeated': { status: 422, says: 'Two entries of one list have the same id.', solve: '`first` is the place of the other. Give each entry an id of its own, and name each once: the order of the list is the order of the programme.' },
  'other-convening': { status: 422, says: 'This is the programme of another convening.', solve: 'Send it to the convening that it names in `convening`, or take that field out.' },
  'answered-meanwhile': { status: 409, says: 'A person answered themself, and the document would take the answer back.', solve: 'Where the document says `state`, leave it out; where it leaves out the session or the appearance, name it again: then the answer stays as it is. To overrule it, read the programme again, and send the document with `If-Match` (`put --if-match`): the revision that was read.' },
  'not-concluded': { status: 409, says: 'The convening has not come to its end.', solve: 'Conclude it on its last day or after.' },
  'not-taken-back': { status: 409, says: 'This cannot be taken back as things stand.', solve: 'See `errors`: each names the revision of a fact, a code, and in `about` what stands in the way.' },
  'cannot-be-taken-back': { status: 409, says: 'What this fact tells happened, and no other fact makes it undone.', solve: 'See `instead` for what can be done.' },
  'changed-since': { status: 409, says: 'What this fact made was changed since.', solve: 'Take the later change back first, or change it as it should be now: see `now` and `then`, or the `revision` of the later change.' },
  'unknown-revision': { status: 404, says: 'The convening has no fact with this revision.', solve: 'See its history for the revisions there are.' },
  'no-registration': { status: 404, says: 'Nobody can register for this convening yet.', solve: 'Prepare the registration first, or come back later.' },
  'registration-prepared': { status: 409, says: 'The registration for this convening was prepared already, on other terms.', solve: 'Change its terms.' },
  'registration-not-open': { status: 409, says: 'The registration is not open yet.', solve: 'Come back at the time in `opens`.' },
  'registration-closed': { status: 409, says: 'The registration is closed.', solve: 'Ask the organisers; they can register you all the same.' },
  'fields-repeated': { status: 422, says: 'Two fields, or two choices of a field, have the same id.', solve: 'Give each an id of its own.' },
  'choices-missing': { status: 422, says: 'A field of the kind `choice` needs choices, and no other has any.', solve: 'Send `choices`, or another `kind`.' },
  'unknown-category': { status: 422, says: 'There is no such category.', solve: 'Use one of those named in `categories`, or add it first.' },
  'category-exists': { status: 409, says: 'There is a category with this id.', solve: 'Choose another id, or change the category that is there.' },
  'category-closed': { status: 409, says: 'Nobody can register in this category any more.', solve: 'Use the category named in `into`, if there is one, or another.' },
  'closed-into-itself': { status: 422, says: 'A category cannot be closed into itself.', solve: 'Name another category in `into`, or none.' },
  'unknown-answer': { status: 422, says: 'The form has no such field, or has it no longer.', solve: 'Read the form again, and leave out the answers named in `fields`.' },
  'answer-missing': { status: 422, says: 'A field that must be answered is not; a consent that is needed is not given.', solve: 'Answer the fields named in `fields`.' },
  'answer-invalid': { status: 422, says: 'The answer is not what the field takes.', solve: 'See `kind`, and `choices` if it has any: text of at most 2,000 characters, the id of a choice, a date, or true or false.' },
  'registered-already': { status: 409, says: 'This person, or somebody with this e-mail address, is registered.', solve: 'Use the registration named in `registration`.' },
  'registration-exists': { status: 409, says: 'There is a registration with this id.', solve: 'Leave the id out, or use a new one.' },
  'code-taken': { status: 409, says: 'Another registration has this code.', solve: 'Repeat the request: another code is made.' },
  'repeated-in-group': { status: 422, says: 'Two members of the group are the same: by id, person, code or e-mail address.', solve: 'See `member` for the second of them, from 0, and `same` for what is the same.' },
  'unknown-registration': { status: 404, says: 'No registration of this convening has this id or code.', solve: 'Check the code, or look the person up by name.' },
  'wrong-standing': { status: 409, says: 'The registration stands so that this cannot happen.', solve: 'See `standing`, and `allowed` for how it can stand.' },
  'offer-lapsed': { status: 409, says: 'The seat was kept until the time in `until`, and is no longer.', solve: 'Register again.' },
  'not-seated': { status: 409, says: 'This registration has no seat.', solve: 'See `standing`: approve what is `pending`, accept what is `offered`, raise the capacity for who is `waiting`. What was `refused`, `withdrawn` or `substituted`, or has `lapsed`, has come to its end: register the person again, or look up by name who came instead.' },
  'no-place-left': { status: 409, says: 'No seat is free: those of the category, or those of the whole registration, are taken.', solve: 'Raise the capacity of what is named in `full` first, above what is `taken`: of the `category`, of the whole `registration`, or of both.' },
  'checked-in-already': { status: 409, says: 'This registration is checked in.', solve: 'See `at` for since when. If somebody else has the code, look the person up by name.' },
  'wrong-day': { status: 422, says: 'This is no day of the meeting that has begun.', solve: 'Send one of its days, from `start` to `end`, no later than `today`.' },
  'no-session-seats': { status: 409, says: 'One does not sign up for this session.', solve: 'Say how many seats it has first; without that it is open to everybody.' },
} as const satisfies Record<string, Row>;

export type RefusalCode = keyof typeof refusals;

/** A fact that a client needs in order to act: plain JSON. */
export type Facts = Readonly<Record<string, unknown>>;

/** One thing that was refused, by its place in what was asked: a JSON Pointer (RFC 6901) as a fragment, `#/sessions/3/slot/room`. */
export interface RefusedAt {
  readonly pointer: string;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly about?: Facts;
}

/** The only error of the domain. `about` carries what a client needs in order to act; `errors` where it is, when much was asked at once. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly code: RefusalCode, readonly about: Facts = {}, readonly errors: readonly RefusedAt[] = []) {
    super(refusals[code].says);
  }
}
