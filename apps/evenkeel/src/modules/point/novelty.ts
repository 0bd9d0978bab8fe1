import { type Content, contentOf, type Thing } from '@evenkeel/language/content/content';
import { conflictOf, isTelling, likenessOf, sharedThings, sumOf } from '@evenkeel/language/content/likeness';

/** Words of a point: what was asked, in one of the messages that ask it. */
export type Said = {
  readonly interactionId: string;
  readonly threadId: string | null;
  readonly lang: string;
  readonly quote: string;
};

/** What is compared of a point. */
export type ComparedPoint = {
  readonly number: number;
  readonly title: string;
  /** Opening words and those that raised it again. */
  readonly asked: readonly Said[];
  readonly answered: readonly Said[];
};

/**
 * How a wish touches a point.
 *
 * @property words of the wish that the point has too, as they stand in the wish
 * @property other words of the wish that name another sum, share, date or identifier: then it is near, and no repetition
 */
export type Touch = {
  readonly number: number;
  readonly share: number;
  readonly words: readonly string[];
  readonly other: readonly string[];
};

export type PointContent = {
  readonly number: number;
  readonly title: Content;
  readonly asked: readonly { readonly content: Content; readonly threadId: string | null }[];
  readonly answered: Content;
  readonly all: Content;
};

/** What a point is about, worked out once for all wishes that are compared with it. */
export function contentOfPoint({ number, title, asked, answered }: ComparedPoint): PointContent {
  const contents = asked.map(({ quote, lang, threadId }) => ({ content: contentOf(quote, lang), threadId }));
  const titled = contentOf(title, asked[0]?.lang ?? 'simple');
  return {
    number,
    title: titled,
    asked: contents,
    answered: answered.flatMap(({ quote, lang }) => contentOf(quote, lang)),
    all: [...titled, ...contents.flatMap(({ content }) => content)],
  };
}

/**
 * The points that a wish touches, the likest first, each by words of its own. Precision first: what shares too little
 * touches nothing.
 */
export function touchesOf(
  wish: Content,
  threadId: string | null,
  points: readonly PointContent[],
): readonly Touch[] {
  const touches = points
    .flatMap((point) => {
      const touch = touchOf(wish, threadId, point);
      return touch ? [touch] : [];
    })
    .sort(
      (one, other) => Math.sign(one.other.length) - Math.sign(other.other.length) || other.share - one.share,
    );
  return touches.filter(
    ({ words }, at) =>
      at === 0 || words.some((word) => !touches.slice(0, at).some((t) => t.words.includes(word))),
  );
}

/** What says that something is done or paid, or thanks for it, asks nothing again. */
const SETTLED =
  /(?<!\p{L})(?:thank\p{L}*|thx|works? (?:now|well|fine)|received|arrived|paid|solved|done|good|great|fine|loved|happy|спасибо|благодар\p{L}*|получил\p{L}*|пришл[оаи]|оплатил\p{L}*|оплачен\p{L}*|решен\p{L}*|готово|хорош\p{L}*|отличн\p{L}*|доволен|довольны|kiitos|kiitti|maksettu|maksoi\p{L}*|maksettiin|saatu|saimme|sain|saapui|toimii|kunnossa|hyv\p{L}*|kaunii\p{L}*)(?!\p{L})/iu;
const MOST_OF_IT = 0.6;
const TWO_THINGS = 2;

/**
 * The points that a sentence raises again without being put as a wish ("The refund of 400 €!"): it has to share most of
 * what it says with the words that asked, and to say nothing of thanks or of something done.
 */
export function raisedBy(sentence: string, lang: string, points: readonly PointContent[]): readonly Touch[] {
  if (SETTLED.test(sentence)) return [];
  const content = contentOf(sentence, lang);
  return touchesOf(content, null, points).filter(({ number, other }) => {
    const point = points.find((each) => each.number === number);
    return other.length === 0 && point?.asked.some((asked) => isMostOf(content, asked.content));
  });
}

function isMostOf(content: Content, asked: Content): boolean {
  const shared = sumOf(sharedThings(content, asked));
  return shared >= TWO_THINGS && shared / sumOf(content) >= MOST_OF_IT && shared / sumOf(asked) >= MOST_OF_IT;
}

function touchOf(wish: Content, threadId: string | null, point: PointContent): Touch | null {
  const likenesses = point.asked.flatMap(({ content, threadId: itsThread }) => {
    const isOneThread = threadId !== null && threadId === itsThread;
    const likeness = likenessOf(wish, content, isOneThread);
    return likeness ? [likeness.share] : [];
  });
  const titled = likenessOf(wish, point.title)?.share ?? 0;
  const share = Math.max(titled, ...likenesses, namesTitle(wish, point) ? 1 : 0);
  if (share === 0) return null;
  const words = sharedThings(wish, point.all).map(({ words }) => words);
  return { number: point.number, share, words, other: conflictOf(wish, point.all) };
}

const ENOUGH_TITLE = 1.5;
const LITTLE_ELSE = 4;

/** Whether a wish has all that the point is called by; a single word is enough only where little else is spoken of. */
function namesTitle(wish: Content, { title, all, answered }: PointContent): boolean {
  const named = sharedThings(title, wish);
  if (named.length === 0 || named.length < title.length) return false;
  if (sumOf(named) >= ENOUGH_TITLE) return true;
  return (
    named.some(isTelling) && (wish.length <= LITTLE_ELSE || sharesMore(wish, title, [...all, ...answered]))
  );
}

function sharesMore(wish: Content, title: Content, rest: readonly Thing[]): boolean {
  const beyond = wish.filter((thing) => sharedThings([thing], title).length === 0);
  return sharedThings(beyond, rest).length > 0;
}
