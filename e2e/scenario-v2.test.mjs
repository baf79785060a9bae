// A whole sales scenario, run by Pipedrive's official client 33.7.0: v2, and those parts of v1 that it still has.
import { test } from 'node:test';
import { currentClients } from './lib/clients.mjs';
import { tell } from './lib/scenario.mjs';
import { activities } from './v2/activities.mjs';
import { company } from './v2/company.mjs';
import { contacts } from './v2/contacts.mjs';
import { customFields } from './v2/custom-fields.mjs';
import { deals } from './v2/deals.mjs';
import { errors } from './v2/errors.mjs';
import { cleanup } from './v2/cleanup.mjs';
import { leads } from './v2/leads.mjs';
import { lists } from './v2/lists.mjs';
import { notes } from './v2/notes.mjs';
import { peopleAround } from './v2/people-around.mjs';
import { pipelines } from './v2/pipelines.mjs';

test('client 33.7.0 runs a sales scenario', { timeout: 300_000 }, (t) =>
  tell(t, currentClients, {
    'the company': company,
    'a pipeline': pipelines,
    contacts,
    'custom fields': customFields,
    deals,
    activities,
    notes,
    leads,
    'people around a deal': peopleAround,
    lists,
    errors,
    cleanup,
  }),
);
