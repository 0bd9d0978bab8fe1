import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { pastWorkQuery } from './screening.queries.ts';

const MINUTES_PER_MESSAGE = 6;

/** How long past work took, with how many clients that is; under three it says that they are too few. */
export function PastWork({ screeningId }: { screeningId: string }) {
  const [each, setEach] = useState(MINUTES_PER_MESSAGE);
  const past = useQuery(pastWorkQuery(screeningId, each));
  return (
    <div className="small stack screening-past">
      <label>
        {t('past.each')}{' '}
        <input
          type="number"
          min={0}
          max={120}
          value={each}
          onChange={(event) => setEach(Math.min(120, Math.max(0, Number(event.currentTarget.value))))}
        />
      </label>
      <span role="status">
        {past.data && t('past.says', { ...past.data, stated: Math.round(past.data.statedPart * 100) })}
        {past.error && problemWords(past.error)}
      </span>
    </div>
  );
}
