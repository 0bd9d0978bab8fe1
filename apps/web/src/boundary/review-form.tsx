import { useState } from 'react';
import { DoForm } from '../agreement/do-form.tsx';
import { reviewBoundary } from '../generated/sdk.gen.ts';
import { t } from '../words/t.ts';

/** Somebody has looked: what they found, and when it is looked at again. */
export function ReviewForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  const [reviewOn, setReviewOn] = useState('');
  return (
    <DoForm
      says={t('boundary.review')}
      doneSays={t('boundary.reviewed')}
      act={() => reviewBoundary({ path: { id }, body: { reason, reviewOn } })}
      onDone={onDone}
      onCancel={onDone}
      lacks={reason.trim() === '' || reviewOn === '' ? t('boundary.reviewNeeds') : null}
    >
      <label>
        {t('boundary.found')}
        <textarea rows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      <label>
        {t('boundary.again')}
        <input type="date" value={reviewOn} onChange={(event) => setReviewOn(event.currentTarget.value)} />
      </label>
    </DoForm>
  );
}
