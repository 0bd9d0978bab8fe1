import { expect, test } from 'vitest';
import { createEngine, readSignals } from '../src/engine.ts';
import { packOf, type RuleText } from './rules-pack.ts';

const quotes = (rule: RuleText | string, text: string, lang: 'en' | 'ru' | 'fi' = 'en'): string[] => {
  const written = typeof rule === 'string' ? { patterns: [rule] } : rule;
  return readSignals(createEngine([packOf([written], {}, lang)], null), text, { lang }).findings.map(
    ({ quote }) => quote,
  );
};

test.each<[string, string, string[]]>([
  ['sue you', 'I will SUE you.', ['SUE you']],
  ['threat* you', 'They threatened you', ['threatened you']],
  ['*tion now', 'Litigation now', ['Litigation now']],
  ['~take you', 'He took you there', ['took you']],
  ['<i> <will> ..2 sue', 'We are going to really sue', []],
  ['<i> ..1 <will> ..2 sue', 'We are going to really sue', ['We are going to really sue']],
  ["<i> 'll sue", "I'll sue", ["I'll sue"]],
  ["i'll sue", 'I’ll sue', ['I’ll sue']],
  ["do n't pay", 'I dont pay', ['dont pay']],
  ["don't pay", 'I do not pay', []],
  ['<will> ..2!<not> sue', 'I will not sue', []],
  ['<will> ..2!<not> sue', 'I will, of course, sue', ['will, of course, sue']],
  ['in <court>', 'See you in the law firm', ['in the law']],
  ['(see you|meet you) in court', 'I meet you in court', ['meet you in court']],
  ['please? pay', 'Please pay', ['Please pay']],
  ['^ pay', 'Now pay', []],
  ['^ pay', '… Pay', ['Pay']],
  ['now $', 'Pay now!', ['now']],
  ['since [ you lied ]', 'since you lied', ['you lied']],
  ['pay !!', 'Pay!!! Now', ['Pay!!!']],
  ['pay !', 'Pay?!', ['Pay?!']],
  ['pay #money', 'pay 1 240,50 € today', ['pay 1 240,50 €']],
  ['by #date', 'by 12 March 2026 or else', ['by 12 March 2026']],
  ['at #time', 'at 5 pm', ['at 5 pm']],
  ['#caps now', 'PAY now', ['PAY now']],
  ['#masked you', 'f**k you', ['f**k you']],
  ['#second liar', 'you liar', ['you liar']],
  ['charge back', 'a charge-back', ['charge-back']],
  ['charge-back', 'a charge back', ['charge back']],
  ['scum', 's c u m', ['s c u m']],
  ['scum', 's.c.u.m', ['s.c.u.m']],
  ['scum', 'scuuuum', ['scuuuum']],
  ['skill', 'skilllll', ['skilllll']],
  ['scam', 'sc4m', ['sc4m']],
  ['shark', '$hark', ['$hark']],
  ['court', 'cоurt', ['cоurt']],
  ['sue you', 'sue. You', []],
])('%s in %j finds %j', (pattern, text, expected) => {
  expect(quotes(pattern, text)).toEqual(expected);
});

test('inflected words meet in Russian and Finnish', () => {
  expect(quotes('~юрист', 'Я передам это юристам', 'ru')).toEqual(['юристам']);
  expect(quotes('~sopimus', 'Vuokrasopimuksen mukaan näin ei ole', 'fi')).toEqual(['Vuokrasopimuksen']);
  expect(quotes('käräjille', 'vien taman karajille', 'fi')).toEqual(['karajille']);
});

test.each<[RuleText, string, number]>([
  [{ patterns: ['sue'], unless: ['negated'] }, 'I will not sue', 0],
  [{ patterns: ['sue'], unless: ['negated'] }, 'Not now. I will sue', 1],
  [{ patterns: ['sue'], unless: ['third-party'] }, 'They will sue', 0],
  [{ patterns: ['sue'], unless: ['third-party'] }, 'They left. I will sue', 1],
  [{ patterns: ['sue'], unless: ['third-party'], within: 'message' }, 'They left. I will sue', 0],
  [{ patterns: ['sue ..2 you'], unless: ['praised'] }, 'sue great you', 0],
  [{ patterns: ['sue'], unless: ['question'] }, 'Will you sue?', 0],
  [{ patterns: ['sue'], unless: ['quoted'] }, 'He wrote “I will sue”', 0],
  [{ patterns: ['sue'], unless: ['quoted'] }, 'I will sue “you”', 1],
  [{ patterns: ['sue'], when: ['court'] }, 'I will sue', 0],
  [{ patterns: ['sue'], when: ['court'] }, 'I will sue in court', 1],
  [{ patterns: ['sue'], when: ['court'], within: 'message' }, 'I will sue. In court', 1],
])('%j sees %j in %i place', (rule, text, count) => {
  expect(quotes(rule, text)).toHaveLength(count);
});

test.each([
  ['match', 'sue'],
  ['clause', 'I will sue you'],
  ['sentence', 'Believe me, I will sue you, all of you!'],
])('a rule that quotes the %s quotes %j', (quote, expected) => {
  expect(quotes({ patterns: ['sue'], quote }, 'Hello. Believe me, I will sue you, all of you! Bye.')).toEqual(
    [expected],
  );
});

test('of overlapping findings of a kind the surest stays, of equally sure ones the widest', () => {
  const rules = [
    { patterns: ['i will sue'], confidence: 0.9 },
    { patterns: ['will sue you all'], confidence: 0.7 },
    { patterns: ['sue'], confidence: 0.9 },
  ];
  const { findings } = readSignals(createEngine([packOf(rules)], null), 'I will sue you all', { lang: 'en' });
  expect(findings.map(({ quote }) => quote)).toEqual(['I will sue']);
});
