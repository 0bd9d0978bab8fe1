import { Checkbox, Switch, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keepMeetingHabits } from '../generated/sdk.gen.ts';
import type { MeetingHabits } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { habitsQuery } from './meeting.queries.ts';

type Ticking = { done: readonly string[]; onTick: (habit: string) => void };

/** What somebody likes to do the day before a meeting and the day after. Their own list, off until they turn it on. */
export function HabitsSection({ done, onTick }: Ticking) {
  const { data } = useQuery(habitsQuery);
  const queries = useQueryClient();
  const keeping = useMutation({
    mutationFn: (body: MeetingHabits) => keepMeetingHabits({ body }),
    onSuccess: (kept) => queries.setQueryData(habitsQuery.queryKey, kept),
  });
  if (!data) return null;
  const change = (part: Partial<MeetingHabits>) => keeping.mutate({ ...data, ...part });
  return (
    <section className="stack">
      <Switch
        label={t('meeting.habits')}
        checked={data.isOn}
        onChange={(event) => change({ isOn: event.currentTarget.checked })}
      />
      {data.isOn && (
        <>
          <HabitList
            says={t('meeting.dayBefore')}
            habits={data.dayBefore}
            {...{ done, onTick }}
            onKeep={(dayBefore) => change({ dayBefore })}
          />
          <HabitList
            says={t('meeting.dayAfter')}
            habits={data.dayAfter}
            {...{ done, onTick }}
            onKeep={(dayAfter) => change({ dayAfter })}
          />
        </>
      )}
    </section>
  );
}

type Listed = Ticking & { says: string; habits: readonly string[]; onKeep: (habits: string[]) => void };

function HabitList({ says, habits, done, onTick, onKeep }: Listed) {
  return (
    <fieldset className="meeting-habits stack">
      <legend>{says}</legend>
      {habits.map((habit) => (
        <Checkbox key={habit} label={habit} checked={done.includes(habit)} onChange={() => onTick(habit)} />
      ))}
      <Textarea
        // What was kept elsewhere comes in with a new field.
        key={habits.join('\n')}
        label={t('meeting.habitLines')}
        autosize
        minRows={1}
        maxRows={6}
        defaultValue={habits.join('\n')}
        onBlur={(event) => onKeep(linesOf(event.currentTarget.value))}
      />
    </fieldset>
  );
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, 20);
}
