/**
 * What nothing of ours says: DESIGN.md section 2, and types of people, in three languages. Quotes may say anything, so
 * what is checked is what remains when the words of others are taken out.
 */
const PROMISES = [
  'tamper-?proof|immutable|court-approved|legally binding|qualified (?:signature|evidence|certificate)',
  'защищ[её]н\\p{L}* от подделки|неизменяем|одобрен\\p{L}* судом|юридически обязыва|квалифицированн\\p{L}* подпис',
  'väärentämätö|muuttumaton|oikeuden hyväksym|juridisesti sitova|hyväksyt\\p{L}* sähköi\\p{L}* allekirjoitu',
];
const PEOPLE = [
  'difficult|aggressive|unreasonabl|toxic|narciss|psychopath|sociopath|hysteri|manipulat|bully|bullies|lunatic|abuser|stalker|troublemaker|high-conflict|nightmare client|problem client|bad client|crazy',
  'агрессив|неадекват|токсичн|нарцисс|психопат|социопат|истери|манипул|скандал|абьюз|сталкер|хамств|(?<!\\p{L})хам(?!\\p{L})|конфликтн\\p{L}* (?:клиент|человек|личност)|сложн\\p{L}* клиент|трудн\\p{L}* клиент|проблемн\\p{L}* клиент|сутяж|кверулянт|самодур',
  'hankal|aggressii|kohtuut|toksis|myrkylli|narsis|psykopaat|sosiopaat|hysteer|manipul|kiusaaj|häirikk|riitapukar|vaike\\p{L}* asiak|ongelma-?asiak|hullu',
];
const NEVER = new RegExp([...PROMISES, ...PEOPLE].join('|'), 'giu');

/** Such words in a text, each with a little of what stands around it. */
export function neverSaid(text: string): readonly string[] {
  return [...text.matchAll(NEVER)].map(({ 0: word, index }) => {
    const around = text.slice(Math.max(0, index - 40), index + word.length + 40);
    return `${word}: …${around.replaceAll(/\s+/g, ' ')}…`;
  });
}

/** A text of ours without the lines that quote. */
export function withoutQuotes(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .replaceAll(/[“„«"][^”“»"]*[”“»"]/g, '');
}
