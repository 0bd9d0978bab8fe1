import type * as contract from '../generated/types.gen.ts';

/** The shapes of the contract under the names that pages use; times are UTC ISO unless called stated. */
export type Session = contract.Session;
export type PartyRow = contract.PartyRow;
export type Party = contract.Party;
export type PartyState = PartyRow['state'];
export type TimelineRow = contract.TimelineRow;
export type PersonName = TimelineRow['from'];
export type Interaction = contract.Interaction;
/** An interaction together with its line on the timeline and its thread. */
export type InteractionInPlace = Interaction & contract.Context;
export type Attachment = Interaction['attachments'][number];
export type Stated = contract.Stated;
export type Provenance = contract.Provenance;
export type SearchHit = contract.SearchPage['items'][number];
export type Upload = contract.Upload;
export type Survey = contract.Survey;
export type Correspondent = Survey['correspondents'][number];
export type RunReport = contract.RunReport;
export type RunLine = contract.RunPage['items'][number];
export type RunTotals = RunReport['totals'];
export type RunProgress = NonNullable<RunReport['progress']>;
export type RunIssue = RunReport['issues'][number];
export type Guess = contract.Guess;
export type Today = contract.Today;
export type Due = contract.Due;
export type LogVerdict = contract.LogVerdict;
export type Health = contract.Health;
export type Timeline = contract.Timeline;
export type PastWork = contract.PastWork;
export type Signal = contract.Signal;
export type SignalKind = Signal['kind'];
export type Course = contract.Course;
export type CourseWeek = Course['weeks'][number];
export type CourseChange = Course['changes'][number];
