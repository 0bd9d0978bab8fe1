import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { heldCite } from '../agreement/held-cite.ts';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { selectedCite } from '../points/selected-cite.ts';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';

/**
 * Takes the words that are selected in the message that is open, to be quoted in a form.
 *
 * @returns whether there are any
 */
export function holdSelected(queries: QueryClient, openId: string | undefined): boolean {
  const text = openId && queries.getQueryData(interactionQuery(openId).queryKey)?.text;
  const cite = openId && text ? selectedCite(openId, text) : null;
  if (cite) heldCite.set(() => cite);
  return cite !== null;
}

/** For hands without a keyboard: the selected words crossed a boundary. */
export function BreachStart({ interactionId, partyId }: { interactionId: string; partyId: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = () => {
    if (holdSelected(queries, interactionId))
      void navigate({ to: '/clients/$partyId/boundaries', params: { partyId }, search: {} });
    else toast(t('quote.selectFirst'));
  };
  return (
    // A press would take the selection away before the click is heard.
    <button
      type="button"
      className="link-button"
      onPointerDown={(event) => event.preventDefault()}
      onClick={start}
    >
      {t('boundary.record')}
    </button>
  );
}
