import type { PointLine } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { dayOf } from '../words/when.ts';

/** How a point stands, in a few words: "answered 4 May, again 2×". */
export function stateWords({ state, answer, agreed, asked, ground }: PointLine): string {
  return [
    state === 'open'
      ? named('ground', ground)
      : state === 'answered' && answer?.at
        ? t('point.answeredOn', { day: dayOf(answer.at) })
        : state === 'agreed' && agreed?.at
          ? t('point.agreedOn', { day: dayOf(agreed.at) })
          : named('pointState', state),
    ...(asked.count > 1 ? [t('point.againTimes', { count: asked.count - 1 })] : []),
  ].join(', ');
}
