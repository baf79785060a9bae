// Pipedrive's official clients, pointed at the server.
import { createRequire } from 'node:module';
import { v1, v2 } from 'pipedrive';

const former = createRequire(import.meta.url)('pipedrive22');

/**
 * Client 33.x with an API token (header `x-api-token`): `{v1: {deals, ...}, v2: {deals, ...}}`, an object of API
 * objects per namespace, named as in `names`.
 */
export function currentClients({ url, token }, wire) {
  const first = new v1.Configuration({ apiKey: token, basePath: `${url}/api/v1` });
  const second = new v2.Configuration({ apiKey: token, basePath: `${url}/api/v2` });
  const of = (Api, configuration) => wire.listenToAxios(new Api(configuration));
  return {
    v1: {
      activityTypes: of(v1.ActivityTypesApi, first),
      currencies: of(v1.CurrenciesApi, first),
      deals: of(v1.DealsApi, first),
      leadLabels: of(v1.LeadLabelsApi, first),
      leads: of(v1.LeadsApi, first),
      notes: of(v1.NotesApi, first),
      users: of(v1.UsersApi, first),
    },
    v2: {
      activities: of(v2.ActivitiesApi, second),
      dealFields: of(v2.DealFieldsApi, second),
      deals: of(v2.DealsApi, second),
      leads: of(v2.LeadsApi, second),
      organizationFields: of(v2.OrganizationFieldsApi, second),
      organizations: of(v2.OrganizationsApi, second),
      personFields: of(v2.PersonFieldsApi, second),
      persons: of(v2.PersonsApi, second),
      pipelines: of(v2.PipelinesApi, second),
      stages: of(v2.StagesApi, second),
    },
  };
}

/** Client 22.x with an API token (query parameter `api_token`), which speaks the whole of v1. */
export function formerClients({ url, token }, wire) {
  const client = new former.ApiClient();
  client.basePath = `${url}/v1`;
  client.authentications.api_key.apiKey = token;
  wire.listenToSuperagent(client);
  return {
    activities: new former.ActivitiesApi(client),
    activityTypes: new former.ActivityTypesApi(client),
    currencies: new former.CurrenciesApi(client),
    dealFields: new former.DealFieldsApi(client),
    deals: new former.DealsApi(client),
    leadLabels: new former.LeadLabelsApi(client),
    leadSources: new former.LeadSourcesApi(client),
    leads: new former.LeadsApi(client),
    notes: new former.NotesApi(client),
    organizationFields: new former.OrganizationFieldsApi(client),
    organizations: new former.OrganizationsApi(client),
    personFields: new former.PersonFieldsApi(client),
    persons: new former.PersonsApi(client),
    pipelines: new former.PipelinesApi(client),
    stages: new former.StagesApi(client),
    users: new former.UsersApi(client),
  };
}
