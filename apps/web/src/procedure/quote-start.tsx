import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { holdSelected } from '../boundary/breach-start.tsx';
import { useKeys } from '../shell/keys.ts';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';

/** The words that are selected in the open message call for something: what, is chosen beside the timeline. */
export function QuoteStart({ interactionId, partyId }: { interactionId: string; partyId: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = () => {
    if (holdSelected(queries, interactionId))
      void navigate({ to: '/clients/$partyId/from-quote', params: { partyId }, search: {} });
    else toast(t('quote.selectFirst'));
  };
  useKeys([{ keys: 't', says: 'procedure.fromQuote', run: start }]);
  return (
    // A press would take the selection away before the click is heard.
    <button
      type="button"
      className="link-button"
      onPointerDown={(event) => event.preventDefault()}
      onClick={start}
    >
      {t('procedure.fromQuote')}
    </button>
  );
}
