import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  addOwnCalendar,
  correctDay,
  getCalendar,
  keepHolidayFile,
  listCountries,
  listFeeds,
  listOwnCalendars,
  listSpecialDays,
  makeFeed,
  readOwnCalendar,
  removeOwnCalendar,
  renewFeed,
  revokeFeed,
  setCountry,
  setZone,
  uncorrectDay,
} from '../generated/sdk.gen.ts';
import { queries } from '../queries.ts';
import type { DateText } from './dates.ts';

const CALENDAR = 'calendar';

export const calendarQuery = (from: DateText, to: DateText, party?: string) =>
  queryOptions({
    queryKey: [CALENDAR, 'page', from, to, party ?? ''],
    queryFn: ({ signal }) => getCalendar({ query: { from, to, ...(party ? { party } : {}) }, signal }),
    placeholderData: keepPreviousData,
  });

export const specialDaysQuery = (year: number) =>
  queryOptions({
    queryKey: [CALENDAR, 'days', year],
    queryFn: ({ signal }) => listSpecialDays({ query: { year }, signal }),
    placeholderData: keepPreviousData,
  });

export const countriesQuery = (of: string | undefined) =>
  queryOptions({
    queryKey: [CALENDAR, 'countries', of ?? ''],
    queryFn: ({ signal }) => listCountries({ query: of ? { of } : {}, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

export const feedsQuery = queryOptions({
  queryKey: [CALENDAR, 'feeds'],
  queryFn: async ({ signal }) => (await listFeeds({ signal })).items,
});

export const ownCalendarsQuery = queryOptions({
  queryKey: [CALENDAR, 'own'],
  queryFn: async ({ signal }) => (await listOwnCalendars({ signal })).items,
});

/** Dates hang on the calendar everywhere: what is due is asked for again. */
async function renewed<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } finally {
    await queries.invalidateQueries();
  }
}

type DayWish = Parameters<typeof correctDay>[0]['body'];

export const chooseCountry = (country: string | null) => renewed(setCountry({ body: { country } }));
export const moveTo = (zone: string) => renewed(setZone({ body: { zone } }));
export const sayOfDay = (wish: DayWish & { date: DateText }) => {
  const { date, ...body } = wish;
  return renewed(correctDay({ path: { date }, body }));
};
export const takeBackDay = (date: DateText) => renewed(uncorrectDay({ path: { date } }));
export const bringHolidays = async (file: File) =>
  renewed(keepHolidayFile({ body: { text: await file.text() } }));

export const newFeed = (body: NonNullable<Parameters<typeof makeFeed>[0]>['body']) =>
  renewed(makeFeed({ body }));
export const newAddress = (id: string) => renewed(renewFeed({ path: { id } }));
export const dropFeed = (id: string) => renewed(revokeFeed({ path: { id } }));

export type OwnWish = { hasTitles: boolean } & ({ address: string } | { file: File });
export const addOwn = async (wish: OwnWish) => {
  const { hasTitles } = wish;
  const body =
    'file' in wish
      ? { hasTitles, name: wish.file.name, text: await wish.file.text() }
      : { hasTitles, address: wish.address };
  return renewed(addOwnCalendar({ body }));
};
export const readOwnAgain = (id: string) => renewed(readOwnCalendar({ path: { id } }));
export const dropOwn = (id: string) => renewed(removeOwnCalendar({ path: { id } }));
