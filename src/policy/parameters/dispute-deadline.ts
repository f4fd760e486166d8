import { showWindow, type Window } from '../../domain/calendar/window.ts';
import { cite } from '../citations.ts';
import type { Parameter } from '../parameter.ts';

/** Not known: no public text gives a limit, and that too is worth knowing. A partner whose agreement has one sets it (`--policy`). */
export const disputeDeadline: Parameter<Window> = {
  id: 'billing.dispute-deadline',
  title: 'By when an invoice must be disputed',
  datedBy: 'invoice',
  values: [
    {
      since: '2021-01-28',
      basis: 'assumed',
      value: null,
      citation: cite(
        'own-assumption',
        'No public document of the programme gives a limit for disputing an invoice; the partner agreement may. Raise what is disputed before the invoice is due.',
      ),
    },
  ],
  show: showWindow,
  unread: 'There is no figure to hold an invoice against; the due date is told by IN06.',
};
