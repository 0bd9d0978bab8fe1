/** Names of months and days, and words for days, in the forms that stand in dates. */
export const MONTH =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|январ[яьею]|феврал[яьею]|март[ае]?|апрел[яьею]|ма[яйею]|июн[яьею]|июл[яьею]|август[ае]?|сентябр[яьею]|октябр[яьею]|ноябр[яьею]|декабр[яьею]|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:n|ta|ssa|hun)?)$/;
export const DAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|tonight|понедельник[ауи]?|вторник[ау]?|сред[уыа]|четверг[ау]?|пятниц[уыае]|суббот[уыае]|воскресень[еяю]|сегодня|завтра|послезавтра|(?:maanan|tiis|keskiviik|tors|perjan|lauan|sunnun)(?:tai|ko|ti)?(?:na|ksi|hin|n|sta|ta)?|(?:maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai)(?:na|ksi|hin|n|sta|ta)?|keskiviik(?:koon|olle|oksi|ona)|tänään|huomen(?:na|iseksi|een)|ylihuomenna)$/;

/** Whether a form may be part of a date. */
export function isCalendarWord(form: string): boolean {
  return MONTH.test(form) || DAY.test(form);
}
