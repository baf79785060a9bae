// A whole sales scenario, run by Pipedrive's official client 22.10.1, which speaks the whole of v1.
import { test } from 'node:test';
import { formerClients } from './lib/clients.mjs';
import { tell } from './lib/scenario.mjs';
import { activities } from './v1/activities.mjs';
import { company } from './v1/company.mjs';
import { contacts } from './v1/contacts.mjs';
import { customFields } from './v1/custom-fields.mjs';
import { deals } from './v1/deals.mjs';
import { errors } from './v1/errors.mjs';
import { cleanup } from './v1/cleanup.mjs';
import { leads } from './v1/leads.mjs';
import { lists } from './v1/lists.mjs';
import { notes } from './v1/notes.mjs';
import { peopleAround } from './v1/people-around.mjs';
import { pipelines } from './v1/pipelines.mjs';

test('client 22.10.1 runs a sales scenario', { timeout: 300_000 }, (t) =>
  tell(t, formerClients, {
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
