import { CanBeLeftOut, IsCount, IsOneOf, IsPart, IsYesOrNo } from '../http/fields.js';
import { severities, type ConflictRule, type Severity } from './policy.events.js';

const IsSeverity = () => IsOneOf(severities);

/** How severe what a rule finds is. `block`: the change is refused; `hold`: publication is refused; `warn`: it is listed; `off`: it is not looked for. */
export class SeveritiesRequest implements Partial<Record<ConflictRule, Severity>> {
  /** Two sessions in one room at the same time. At first: `block`. */
  @CanBeLeftOut() @IsSeverity() 'room-taken'?: Severity;
  /** A person in two sessions at the same time. At first: `hold`. */
  @CanBeLeftOut() @IsSeverity() 'person-in-two-places'?: Severity;
  /** A person in a session at a time when they cannot take part. At first, like all that follow: `warn`. */
  @CanBeLeftOut() @IsSeverity() 'person-unavailable'?: Severity;
  /** A session outside the days of the convening. */
  @CanBeLeftOut() @IsSeverity() 'outside-days'?: Severity;
  /** A person in two rooms with fewer than `minutesToChange` between. */
  @CanBeLeftOut() @IsSeverity() 'no-time-to-change'?: Severity;
  /** A session for everybody in a room with fewer seats than the convening's capacity. */
  @CanBeLeftOut() @IsSeverity() 'room-too-small'?: Severity;
  /** A panel or working group without moderator, chair or facilitator. */
  @CanBeLeftOut() @IsSeverity() 'no-moderator'?: Severity;
  /** An appearance that is not confirmed, or to be reconfirmed. */
  @CanBeLeftOut() @IsSeverity() 'not-confirmed'?: Severity;
  /** A session without a slot. */
  @CanBeLeftOut() @IsSeverity() 'no-slot'?: Severity;
  /** A session whose slot has no room. */
  @CanBeLeftOut() @IsSeverity() 'no-room'?: Severity;
  /** A session whose items take longer than its slot. */
  @CanBeLeftOut() @IsSeverity() 'items-too-long'?: Severity;
  /** A room in session for longer than `minutesWithoutBreak`. */
  @CanBeLeftOut() @IsSeverity() 'no-break'?: Severity;
}

/** How the organisers want the rules applied. What is left out stays, or is as usual. */
export class PolicyRequest {
  /** How severe each rule is. */
  @CanBeLeftOut() @IsPart(() => SeveritiesRequest) conflicts?: SeveritiesRequest;
  /** When a move puts confirmations in question: if the hours change, or also if the room does. As usual: `never`. */
  @CanBeLeftOut() @IsOneOf(['never', 'time', 'time-or-room']) reconfirm?: 'never' | 'time' | 'time-or-room';
  /** Whose names the public and participants see. As usual: of `confirmed` appearances. */
  @CanBeLeftOut() @IsOneOf(['confirmed', 'confirmed-and-tentative']) names?: 'confirmed' | 'confirmed-and-tentative';
  /** `at-once`: each change publishes itself, unless conflicts hold it. As usual: `on-request`. */
  @CanBeLeftOut() @IsOneOf(['on-request', 'at-once']) publish?: 'on-request' | 'at-once';
  /** Whether every change after the first publication must say why. As usual: no. */
  @CanBeLeftOut() @IsYesOrNo() reasonRequired?: boolean;
  /** Minutes a person needs from one room to another. As usual: 5. */
  @CanBeLeftOut() @IsCount(0, 1_440) minutesToChange?: number;
  /** Minutes a room may be in session without a break of ten. As usual: 180. */
  @CanBeLeftOut() @IsCount(10, 10_080) minutesWithoutBreak?: number;
}
