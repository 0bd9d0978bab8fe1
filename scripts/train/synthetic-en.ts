import { COUNTER, GROUPS, HATE, NAMES, NEUTRAL, TOLD } from './synthetic-people.ts';

/**
 * Sentences made from templates of our own, for what the permitted data lacks: harsh words between colleagues, technical
 * words that only sound violent, and people named without a judgement.
 */
export type Made = {
  readonly text: string;
  readonly toxic: boolean;
  readonly about: 'thing' | 'group' | 'told';
};

const THINGS = [
  'this',
  'this function',
  'the code',
  'that patch',
  'the form',
  'your site',
  'the whole thing',
  'this page',
  'the invoice',
  'the new version',
  'the old script',
  'the layout',
  'this test',
  'the report',
  'the workaround',
];
const HARSH = [
  'ugly',
  'crap',
  'really ugly',
  'kinda ugly',
  'a bit ugly',
  'stupid',
  'dumb',
  'garbage',
  'utter crap',
  'shit',
  'pretty awful',
  'horrible',
  'terrible',
  'gross',
  'nasty',
  'lame',
  'idiotic',
  'ridiculous',
  'complete nonsense',
  'a damn mess',
  'butt ugly',
  'retarded',
  'braindead',
  'insane',
  'freaking weird',
  'silly',
  'hideous',
  'trash',
  'bullshit',
  'a pile of junk',
  'bloody useless',
];
const OUTBURSTS = [
  'Damn',
  'Dammit',
  'Damn it',
  'Crap',
  'Oh crap',
  'Ugh',
  'Argh',
  'Shit',
  'Oh shit',
  'Darn',
  'Ew',
  'Yuck',
  'Holy crap',
  'Bah',
  'Fuck',
  'Jesus',
  'Bloody hell',
  'WTF',
  'Gah',
  'Doh',
  'D’oh',
  'Hell',
];
const AFTER = [
  'I forgot this',
  'it is still here',
  'I missed that one',
  'that was my typo',
  'not again',
  'good catch',
  'will fix',
  'you are right',
  'it broke again',
  'I hate this part',
  'who wrote this',
  'sorry about that',
];
const FRAMES = [
  '{thing} sucks',
  'why the hell is {thing} here',
  'what the heck does {thing} do',
  'I hate {thing}',
  'who the hell needs {thing}',
  'get rid of this damn line in {thing}',
  'this makes {thing} suck less',
  'damn {thing}',
  '{thing} is ugly as hell',
  'that sucks, {thing} fails again',
  'darn {thing} ate my change',
  'yuck, look at {thing}',
  'I really hate {thing}',
  'this is an ugly hack for {thing}',
  'it would be less ugly without {thing}',
  'screw {thing}, it is crappy anyway',
  'it scares the crap out of me to touch {thing}',
  '{thing} is a pile of shit',
  'too bad {thing} sucks so much',
  'whoever wrote {thing} is a moron',
  'wtf is {thing}',
  'this crap should not be in {thing}',
  'remove the ugly hack from {thing}',
  '{thing} screwed me again',
  'kill this ugly part of {thing}',
  '{thing} looks like ass',
  'it is a pain in the ass to read {thing}',
  'half-assed attempt at {thing}',
];
const CALM = [
  'stupid mistake in {thing}, sorry',
  'I was an idiot when I wrote {thing}',
  'my dumb mistake in {thing}',
  'dumb question about {thing}',
  'this may be a stupid question, but what is {thing}',
  'sorry, I am dumb, I did not see {thing}',
  'silly me, I forgot {thing}',
  'a stupid typo of mine in {thing}',
  'my stupidity, fixed {thing}',
  'oh, I am an idiot, {thing} is fine',
  'is it silly to keep {thing}',
  'a dumb wrapper for {thing}',
  'useless space in {thing}',
  'garbage collection of {thing}',
  'take out the trash after {thing}',
  'useless check in {thing}',
  'kill this line of {thing}',
  'this is a bit weird in {thing}',
  'this would kill the process before {thing} is done',
  'please execute the command again for {thing}',
  'the thread will die after {thing}',
  'this hangs when {thing} is empty',
  'the parent kills its child here, see {thing}',
  'dead code in {thing}',
  'shot of the screen for {thing}',
  'dummy value for {thing}',
  'broken link in {thing}',
  'bad alignment in {thing}',
  'drop this argument from {thing}',
  'abort when {thing} fails',
  'hit the cache for {thing}',
  'not sure why {thing} is needed',
  'why do we need {thing}',
  'wrong indentation in {thing}',
  'this looks odd in {thing}',
  'we should not do this for {thing}',
  'this is confusing, rename {thing}',
  'remove {thing}',
  'nit: extra space in {thing}',
  'I do not like {thing} much',
  'can you explain {thing}',
  'this is wrong for {thing}',
  'I disagree about {thing}',
  'you forgot {thing}',
  'please stop using {thing}',
  'this master and slave setup of {thing} works',
  'add an assertion for {thing}',
  'class for {thing}',
  'assign {thing} first',
  'the analysis of {thing} passes',
  'black list and white list of {thing}',
  'I am still waiting for {thing}',
  'this is the third time I ask about {thing}',
  'I am not happy with {thing}',
  'I want my money back for {thing}',
  'I will take this to court because of {thing}',
  'very disappointed with {thing}',
  'it is your fault that {thing} failed',
  'the worst service with {thing}',
  'unacceptable delay with {thing}',
];

/** Calm sentences before or behind a made one: a harsh word counts in a long text too. */
const TAILS = [
  'The rest looks good to me.',
  'We could move the check into the caller, because it is only needed once.',
  'Please see the attached document for the details of the agreement.',
  'I will send a new version tomorrow after the tests have passed.',
  'The value is computed twice, which is slow when the list is long, and the second result is never read.',
  'Could you add a comment that says why the limit is 20?',
  'Thanks for the review, I have changed the names as you suggested.',
  'As far as I understand the parser reads the whole line before it decides which branch to take.',
  'The order was placed on Monday and the parcel should arrive by Friday.',
  'Maybe a helper would be easier to read than this long condition.',
  'Done.',
  'I think that the return value should be checked, otherwise we never see the error of the server.',
  'Let me know what you think about the second option.',
  'The documentation says that both arguments are optional, so the default has to be handled here as well.',
];

/** What a template is about, by what is filled in. */
const ABOUT = { thing: 'thing', after: 'thing', group: 'group', name: 'told' } as const;

const fill = (frame: string, name: string, word: string) => {
  const text = frame.replace(`{${name}}`, word);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function withTail(text: string, place: number, tails: boolean): string {
  const tail = TAILS[(place * 5) % TAILS.length] as string;
  const turn = tails ? place % 4 : 0;
  if (turn === 1) return `${text}. ${tail}`;
  if (turn === 2) return `${tail} ${text}.`;
  return turn === 3 ? `${text}. ${tail} ${TAILS[(place * 3 + 1) % TAILS.length]}` : text;
}

/** Every template with every word, thinned by a fixed step so that no template outweighs real texts. */
export function madeEnglish(): Made[] {
  const made: Made[] = [];
  const each = (
    frames: readonly string[],
    name: keyof typeof ABOUT,
    words: readonly string[],
    step: number,
    toxic: boolean,
    tails: boolean,
  ) =>
    frames.forEach((frame, row) => {
      words.forEach((word, at) => {
        const place = row * 7 + at;
        if (place % step === 0)
          made.push({
            text: withTail(fill(frame, name, word), place, tails),
            toxic,
            about: ABOUT[name],
          });
      });
    });
  each(
    HARSH.map((word) => `{thing} is ${word}`),
    'thing',
    THINGS,
    3,
    true,
    true,
  );
  each(
    OUTBURSTS.flatMap((word) => [`${word}, {after}.`, `${word}! {after}`]),
    'after',
    AFTER,
    3,
    true,
    true,
  );
  each(FRAMES, 'thing', THINGS, 2, true, true);
  each(CALM, 'thing', THINGS, 2, false, true);
  each(NEUTRAL, 'group', GROUPS, 2, false, false);
  each(COUNTER, 'group', GROUPS, 2, false, false);
  each(HATE, 'group', GROUPS, 3, true, false);
  each(TOLD, 'name', NAMES, 2, false, false);
  return made;
}
