import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';

/** Words to say or to send, with a way to take them along. */
export function SayLine({ words }: { words: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    toast(t('procedure.said'));
  };
  return (
    <p className="small procedure-say">
      <q>{words}</q>{' '}
      <button type="button" className="link-button" onClick={() => void copy()}>
        {t('procedure.say')}
      </button>
    </p>
  );
}
