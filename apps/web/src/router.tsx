import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { KINDS, type Kind } from './by-hand/draft.ts';
import type { CalendarSearch } from './calendar/calendar-page.tsx';
import { isDateText } from './calendar/dates.ts';
import { casesSearch, registerSearch } from './casefile/search.ts';
import { RouteBroken } from './shell/broken.tsx';
import { NotHere } from './shell/not-here.tsx';
import { Shell } from './shell/shell.tsx';
import { TodayPage } from './today/today-page.tsx';
import { LANGUAGES } from './words/language.ts';

export type TimelineFilter = { from?: 'them' | 'us'; point?: number };
export type ByHandStart = { kind?: Kind; party?: string; corrects?: string };
export type ErasureSearch = { party?: string; record?: string };
/** Whose it is, and in which language a letter stands; otherwise in that of the page. */
export type BriefSearch = { reader?: 'mediator' | undefined; lang?: string | undefined };
export type SearchWords = { q?: string; party?: string };

const root = createRootRoute({ component: Shell, notFoundComponent: NotHere });
const today = createRoute({ getParentRoute: () => root, path: '/', component: TodayPage });
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./session/doors.tsx'), 'DoorsPage'),
});
const clients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  component: lazyRouteComponent(() => import('./clients/clients-page.tsx'), 'ClientsPage'),
});
const client = createRoute({
  getParentRoute: () => root,
  path: '/clients/$partyId',
  validateSearch: ({ from, point }: Record<string, unknown>): TimelineFilter => ({
    ...(from === 'them' || from === 'us' ? { from } : {}),
    ...(Number.isInteger(Number(point)) && Number(point) > 0 ? { point: Number(point) } : {}),
  }),
  component: lazyRouteComponent(() => import('./client/client-page.tsx'), 'ClientPage'),
});
const clientInteraction = createRoute({
  getParentRoute: () => client,
  path: '/interactions/$interactionId',
  component: lazyRouteComponent(() => import('./interaction/interaction-page.tsx'), 'ClientInteraction'),
});
const clientBundle = createRoute({
  getParentRoute: () => client,
  path: '/bundle',
  component: lazyRouteComponent(() => import('./bundle/bundle-panel.tsx'), 'BundlePanel'),
});
const clientAsClient = createRoute({
  getParentRoute: () => client,
  path: '/as-client',
  component: lazyRouteComponent(() => import('./apart/as-client-page.tsx'), 'AsClientPane'),
});
const clientCourse = createRoute({
  getParentRoute: () => client,
  path: '/course',
  component: lazyRouteComponent(() => import('./course/course-panel.tsx'), 'CoursePanel'),
});
const clientMarked = createRoute({
  getParentRoute: () => client,
  path: '/marked',
  component: lazyRouteComponent(() => import('./marked/marked-panel.tsx'), 'MarkedPanel'),
});
const clientPoints = createRoute({
  getParentRoute: () => client,
  path: '/points',
  component: lazyRouteComponent(() => import('./points/points-panel.tsx'), 'PointsPanel'),
});
const clientDecisions = createRoute({
  getParentRoute: () => client,
  path: '/decisions',
  component: lazyRouteComponent(() => import('./points/decisions-panel.tsx'), 'DecisionsPanel'),
});
const clientPoint = createRoute({
  getParentRoute: () => client,
  path: '/points/$number',
  component: lazyRouteComponent(() => import('./points/point-panel.tsx'), 'PointPanel'),
});
const clientOpenCase = createRoute({
  getParentRoute: () => client,
  path: '/open-case',
  component: lazyRouteComponent(() => import('./casefile/open-case-panel.tsx'), 'OpenCasePanel'),
});
const clientRestrictions = createRoute({
  getParentRoute: () => client,
  path: '/restrictions',
  component: lazyRouteComponent(() => import('./restriction/restriction-panel.tsx'), 'RestrictionPanel'),
});
const clientEnding = createRoute({
  getParentRoute: () => client,
  path: '/ending',
  component: lazyRouteComponent(() => import('./ending/ending-panel.tsx'), 'EndingPanel'),
});
const clientHolds = createRoute({
  getParentRoute: () => client,
  path: '/holds',
  component: lazyRouteComponent(() => import('./casefile/holds-panel.tsx'), 'HoldsPanel'),
});
const clientRegister = createRoute({
  getParentRoute: () => client,
  path: '/register-complaint',
  component: lazyRouteComponent(() => import('./casefile/register-panel.tsx'), 'RegisterPanel'),
});
const clientOurName = createRoute({
  getParentRoute: () => client,
  path: '/our-name',
  component: lazyRouteComponent(() => import('./session/known-name-panel.tsx'), 'KnownNamePanel'),
});
const us = createRoute({
  getParentRoute: () => root,
  path: '/us',
  component: lazyRouteComponent(() => import('./session/us-page.tsx'), 'UsPage'),
});
const mailboxes = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes',
  component: lazyRouteComponent(() => import('./mailbox/mailbox-page.tsx'), 'MailboxPage'),
});
const custody = createRoute({
  getParentRoute: () => root,
  path: '/custody',
  component: lazyRouteComponent(() => import('./custody/custody-page.tsx'), 'CustodyPage'),
});
const bundles = createRoute({
  getParentRoute: () => root,
  path: '/bundles',
  component: lazyRouteComponent(() => import('./bundle/bundles-page.tsx'), 'BundlesPage'),
});
const kept = createRoute({
  getParentRoute: () => root,
  path: '/kept',
  component: lazyRouteComponent(() => import('./erasure/kept-page.tsx'), 'KeptPage'),
});
const erasing = createRoute({
  getParentRoute: () => root,
  path: '/erase',
  validateSearch: ({ party, record }: Record<string, unknown>): ErasureSearch => ({
    ...(typeof party === 'string' ? { party } : {}),
    ...(typeof record === 'string' ? { record } : {}),
  }),
  component: lazyRouteComponent(() => import('./erasure/erase-page.tsx'), 'ErasePage'),
});
const trust = createRoute({
  getParentRoute: () => root,
  path: '/trust',
  component: lazyRouteComponent(() => import('./trust/trust-page.tsx'), 'TrustPage'),
});
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('./session/people-page.tsx'), 'PeoplePage'),
});
const cases = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  validateSearch: casesSearch,
  component: lazyRouteComponent(() => import('./casefile/cases-page.tsx'), 'CasesPage'),
});
const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./casefile/case-page.tsx'), 'CasePage'),
});
const caseBrief = createRoute({
  getParentRoute: () => root,
  path: '/cases/$caseId/brief',
  // What is not understood is said to be undefined: left out, it would be taken as it stands in the address.
  validateSearch: ({ reader, lang }: Record<string, unknown>): BriefSearch => ({
    reader: reader === 'mediator' ? reader : undefined,
    lang: LANGUAGES.find((tag) => tag === lang),
  }),
  component: lazyRouteComponent(() => import('./counsel/brief-page.tsx'), 'BriefPage'),
});
const complaints = createRoute({
  getParentRoute: () => root,
  path: '/complaints',
  validateSearch: registerSearch,
  component: lazyRouteComponent(() => import('./casefile/register-page.tsx'), 'RegisterPage'),
});
const complaint = createRoute({
  getParentRoute: () => root,
  path: '/complaints/$complaintId',
  component: lazyRouteComponent(() => import('./casefile/complaint-page.tsx'), 'ComplaintPage'),
});
const clientProcedure = createRoute({
  getParentRoute: () => client,
  path: '/procedures/$id',
  component: lazyRouteComponent(() => import('./procedure/procedure-panel.tsx'), 'ProcedurePanel'),
});
const meeting = createRoute({
  getParentRoute: () => root,
  path: '/clients/$partyId/meeting/$id',
  component: lazyRouteComponent(() => import('./meeting/meeting-page.tsx'), 'MeetingPage'),
});
const clientFromQuote = createRoute({
  getParentRoute: () => client,
  path: '/from-quote',
  component: lazyRouteComponent(() => import('./procedure/from-quote-panel.tsx'), 'FromQuotePanel'),
});
const clientPromises = createRoute({
  getParentRoute: () => client,
  path: '/promises',
  component: lazyRouteComponent(() => import('./promises/promises-panel.tsx'), 'PromisesPanel'),
});
const clientChronology = createRoute({
  getParentRoute: () => client,
  path: '/chronology',
  component: lazyRouteComponent(() => import('./chronology/chronology-panel.tsx'), 'ChronologyPanel'),
});
const clientEfforts = createRoute({
  getParentRoute: () => client,
  path: '/efforts',
  component: lazyRouteComponent(() => import('./promises/efforts-panel.tsx'), 'EffortsPanel'),
});
const clientMissing = createRoute({
  getParentRoute: () => client,
  path: '/missing',
  component: lazyRouteComponent(() => import('./missing/missing-panel.tsx'), 'MissingPanel'),
});
const clientAgreement = createRoute({
  getParentRoute: () => client,
  path: '/agreement',
  component: lazyRouteComponent(() => import('./agreement/agreement-panel.tsx'), 'AgreementPanel'),
});
const clientBoundaries = createRoute({
  getParentRoute: () => client,
  path: '/boundaries',
  component: lazyRouteComponent(() => import('./boundary/boundary-panel.tsx'), 'BoundaryPanel'),
});
const interaction = createRoute({
  getParentRoute: () => root,
  path: '/interactions/$interactionId',
  component: lazyRouteComponent(() => import('./interaction/interaction-page.tsx'), 'InteractionPage'),
});
const thread = createRoute({
  getParentRoute: () => root,
  path: '/interactions/$interactionId/thread',
  component: lazyRouteComponent(() => import('./thread/thread-page.tsx'), 'ThreadPage'),
});
const record = createRoute({
  getParentRoute: () => root,
  path: '/record',
  validateSearch: (given: Record<string, unknown>): SearchWords => ({
    ...(typeof given.q === 'string' && given.q !== '' ? { q: given.q } : {}),
    ...(typeof given.party === 'string' ? { party: given.party } : {}),
  }),
  component: lazyRouteComponent(() => import('./search/record-page.tsx'), 'RecordPage'),
});
const bring = createRoute({
  getParentRoute: () => root,
  path: '/import',
  component: lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportPage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./import/run-page.tsx'), 'RunPage'),
});
const language = createRoute({
  getParentRoute: () => root,
  path: '/language',
  component: lazyRouteComponent(() => import('./rules/rules-page.tsx'), 'RulesPage'),
});
const phones = createRoute({
  getParentRoute: () => root,
  path: '/phones',
  component: lazyRouteComponent(() => import('./live/phones-page.tsx'), 'PhonesPage'),
});
const paste = createRoute({
  getParentRoute: () => root,
  path: '/paste',
  component: lazyRouteComponent(() => import('./paste/paste-page.tsx'), 'PastePage'),
});

const policies = createRoute({
  getParentRoute: () => root,
  path: '/policies',
  component: lazyRouteComponent(() => import('./policy/policies-page.tsx'), 'PoliciesPage'),
});
const byHand = createRoute({
  getParentRoute: () => root,
  path: '/by-hand',
  validateSearch: (given: Record<string, unknown>): ByHandStart => ({
    ...(KINDS.includes(given.kind as Kind) ? { kind: given.kind as Kind } : {}),
    ...(typeof given.party === 'string' ? { party: given.party } : {}),
    ...(typeof given.corrects === 'string' ? { corrects: given.corrects } : {}),
  }),
  component: lazyRouteComponent(() => import('./by-hand/by-hand-page.tsx'), 'ByHandPage'),
});

const calendar = createRoute({
  getParentRoute: () => root,
  path: '/calendar',
  validateSearch: (given: Record<string, unknown>): CalendarSearch => ({
    ...(given.view === 'month' || given.view === 'agenda' ? { view: given.view } : {}),
    ...(isDateText(given.day) ? { day: given.day } : {}),
    ...(typeof given.party === 'string' ? { party: given.party } : {}),
  }),
  component: lazyRouteComponent(() => import('./calendar/calendar-page.tsx'), 'CalendarPage'),
});
const calendarSettings = createRoute({
  getParentRoute: () => root,
  path: '/calendar/settings',
  component: lazyRouteComponent(() => import('./calendar/settings-page.tsx'), 'CalendarSettingsPage'),
});

const screenings = createRoute({
  getParentRoute: () => root,
  path: '/screening',
  component: lazyRouteComponent(() => import('./screening/screenings-page.tsx'), 'ScreeningsPage'),
});
const screening = createRoute({
  getParentRoute: () => root,
  path: '/screening/$screeningId',
  component: lazyRouteComponent(() => import('./screening/screening-page.tsx'), 'ScreeningPage'),
});
const screeningEntries = createRoute({
  getParentRoute: () => root,
  path: '/screening/entries',
  component: lazyRouteComponent(() => import('./screening/warnings-page.tsx'), 'WarningsPage'),
});
const screeningPrices = createRoute({
  getParentRoute: () => root,
  path: '/screening/prices',
  component: lazyRouteComponent(() => import('./screening/prices-page.tsx'), 'PricesPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    today,
    welcome,
    clients,
    client.addChildren([
      clientInteraction,
      clientBundle,
      clientAsClient,
      clientCourse,
      clientMarked,
      clientMissing,
      clientAgreement,
      clientBoundaries,
      clientPromises,
      clientEfforts,
      clientChronology,
      clientProcedure,
      clientFromQuote,
      clientPoints,
      clientDecisions,
      clientPoint,
      clientOpenCase,
      clientRegister,
      clientHolds,
      clientRestrictions,
      clientEnding,
      clientOurName,
    ]),
    meeting,
    screenings,
    screening,
    screeningEntries,
    screeningPrices,
    cases,
    oneCase,
    caseBrief,
    complaints,
    complaint,
    interaction,
    thread,
    record,
    bring,
    run,
    calendar,
    calendarSettings,
    paste,
    phones,
    policies,
    byHand,
    language,
    us,
    mailboxes,
    trust,
    people,
    custody,
    bundles,
    kept,
    erasing,
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: RouteBroken,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
