CREATE TABLE company (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  domain TEXT NOT NULL,
  currency TEXT NOT NULL,
  timezone TEXT NOT NULL,
  country TEXT,
  sandbox INTEGER NOT NULL,
  seed INTEGER,
  clock_offset INTEGER NOT NULL,
  event_seq INTEGER NOT NULL,
  schema_version INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  secret TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (id)
) STRICT;
CREATE TABLE "user" (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  currency TEXT NOT NULL,
  locale TEXT NOT NULL,
  language INTEGER NOT NULL,
  email TEXT NOT NULL,
  phone TEXT,
  activated INTEGER NOT NULL,
  last_login INTEGER,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  has_created_company INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  timezone TEXT NOT NULL,
  role_id INTEGER NOT NULL,
  icon_url TEXT,
  is_admin INTEGER NOT NULL,
  rights_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX user_version ON "user" (company_id, version);
CREATE INDEX user_email ON "user" (company_id, email);
CREATE TABLE custom_field (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  object TEXT NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  options TEXT,
  order_nr INTEGER NOT NULL,
  built_in INTEGER NOT NULL,
  description TEXT,
  add_visible INTEGER NOT NULL,
  details_visible INTEGER NOT NULL,
  index_visible INTEGER NOT NULL,
  projects_detail_visible INTEGER NOT NULL,
  important INTEGER NOT NULL,
  mandatory TEXT,
  bulk_edit_allowed INTEGER NOT NULL,
  searchable INTEGER NOT NULL,
  show_in_pipelines TEXT,
  ui_visibility TEXT,
  important_fields TEXT,
  required_fields TEXT,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  created_by_user_id INTEGER,
  last_updated_by_user_id INTEGER,
  is_deleted INTEGER NOT NULL,
  delete_time INTEGER,
  api_name TEXT,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX custom_field_version ON custom_field (company_id, version);
CREATE INDEX custom_field_object_order_nr_id ON custom_field (company_id, object, order_nr, id);
CREATE INDEX custom_field_object_key ON custom_field (company_id, object, key);
CREATE UNIQUE INDEX custom_field_object_api_name ON custom_field (company_id, object, api_name);
CREATE TABLE pipeline (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  url_title TEXT NOT NULL,
  order_nr INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  deal_probability INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX pipeline_version ON pipeline (company_id, version);
CREATE INDEX pipeline_order_nr_id ON pipeline (company_id, order_nr, id);
CREATE TABLE stage (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  order_nr INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  is_deleted INTEGER NOT NULL,
  deal_probability INTEGER NOT NULL,
  pipeline_id INTEGER NOT NULL,
  rot_enabled INTEGER NOT NULL,
  rotten_days INTEGER,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX stage_version ON stage (company_id, version);
CREATE INDEX stage_pipeline_id_order_nr_id ON stage (company_id, pipeline_id, order_nr, id);
CREATE TABLE organization (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  open_deals_count INTEGER NOT NULL,
  closed_deals_count INTEGER NOT NULL,
  email_messages_count INTEGER NOT NULL,
  people_count INTEGER NOT NULL,
  activities_count INTEGER NOT NULL,
  done_activities_count INTEGER NOT NULL,
  undone_activities_count INTEGER NOT NULL,
  files_count INTEGER NOT NULL,
  notes_count INTEGER NOT NULL,
  followers_count INTEGER NOT NULL,
  won_deals_count INTEGER NOT NULL,
  lost_deals_count INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  picture_id INTEGER,
  update_time INTEGER NOT NULL,
  delete_time INTEGER,
  add_time INTEGER NOT NULL,
  visible_to INTEGER NOT NULL,
  next_activity_date TEXT,
  next_activity_time TEXT,
  next_activity_id INTEGER,
  last_activity_id INTEGER,
  last_activity_date TEXT,
  label_ids TEXT,
  address TEXT,
  website TEXT,
  linkedin TEXT,
  industry INTEGER,
  annual_revenue INTEGER,
  employee_count INTEGER,
  shared INTEGER NOT NULL,
  custom TEXT,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX organization_version ON organization (company_id, version);
CREATE INDEX organization_delete_time ON organization (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX organization_shared_id ON organization (company_id, shared, id);
CREATE INDEX organization_own_owner_id_id ON organization (company_id, owner_id, id) WHERE shared = FALSE;
CREATE INDEX organization_shared_add_time_id ON organization (company_id, shared, add_time, id);
CREATE INDEX organization_own_owner_id_add_time_id ON organization (company_id, owner_id, add_time, id) WHERE shared = FALSE;
CREATE INDEX organization_shared_update_time_id ON organization (company_id, shared, update_time, id);
CREATE INDEX organization_own_owner_id_update_time_id ON organization (company_id, owner_id, update_time, id) WHERE shared = FALSE;
CREATE INDEX organization_owner_id_shared_id ON organization (company_id, owner_id, shared, id);
CREATE INDEX organization_name_key_id ON organization (company_id, name_key, id);
CREATE INDEX organization_add_time_id ON organization (company_id, add_time, id);
CREATE INDEX organization_update_time_id ON organization (company_id, update_time, id);
CREATE TABLE person (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  org_id INTEGER,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  first_name TEXT,
  first_name_key TEXT,
  last_name TEXT,
  last_name_key TEXT,
  open_deals_count INTEGER NOT NULL,
  closed_deals_count INTEGER NOT NULL,
  email_messages_count INTEGER NOT NULL,
  activities_count INTEGER NOT NULL,
  done_activities_count INTEGER NOT NULL,
  undone_activities_count INTEGER NOT NULL,
  files_count INTEGER NOT NULL,
  notes_count INTEGER NOT NULL,
  followers_count INTEGER NOT NULL,
  won_deals_count INTEGER NOT NULL,
  lost_deals_count INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  phones TEXT,
  emails TEXT,
  update_time INTEGER NOT NULL,
  delete_time INTEGER,
  add_time INTEGER NOT NULL,
  visible_to INTEGER NOT NULL,
  picture_id INTEGER,
  next_activity_date TEXT,
  next_activity_time TEXT,
  next_activity_id INTEGER,
  last_activity_id INTEGER,
  last_activity_date TEXT,
  last_incoming_mail_time INTEGER,
  last_outgoing_mail_time INTEGER,
  label_ids TEXT,
  im TEXT,
  postal_address TEXT,
  notes TEXT,
  birthday TEXT,
  job_title TEXT,
  marketing_status TEXT NOT NULL,
  shared INTEGER NOT NULL,
  custom TEXT,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX person_version ON person (company_id, version);
CREATE INDEX person_delete_time ON person (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX person_shared_id ON person (company_id, shared, id);
CREATE INDEX person_own_owner_id_id ON person (company_id, owner_id, id) WHERE shared = FALSE;
CREATE INDEX person_shared_add_time_id ON person (company_id, shared, add_time, id);
CREATE INDEX person_own_owner_id_add_time_id ON person (company_id, owner_id, add_time, id) WHERE shared = FALSE;
CREATE INDEX person_shared_update_time_id ON person (company_id, shared, update_time, id);
CREATE INDEX person_own_owner_id_update_time_id ON person (company_id, owner_id, update_time, id) WHERE shared = FALSE;
CREATE INDEX person_owner_id_shared_id ON person (company_id, owner_id, shared, id);
CREATE INDEX person_org_id_id ON person (company_id, org_id, id);
CREATE INDEX person_name_key_id ON person (company_id, name_key, id);
CREATE INDEX person_add_time_id ON person (company_id, add_time, id);
CREATE INDEX person_update_time_id ON person (company_id, update_time, id);
CREATE TABLE product (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  code TEXT,
  description TEXT,
  unit TEXT,
  tax REAL NOT NULL,
  category INTEGER,
  is_linkable INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  visible_to INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  followers_count INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  billing_frequency TEXT NOT NULL,
  billing_frequency_cycles INTEGER,
  delete_time INTEGER,
  shared INTEGER NOT NULL,
  custom TEXT,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX product_version ON product (company_id, version);
CREATE INDEX product_delete_time ON product (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX product_shared_id ON product (company_id, shared, id);
CREATE INDEX product_own_owner_id_id ON product (company_id, owner_id, id) WHERE shared = FALSE;
CREATE INDEX product_shared_add_time_id ON product (company_id, shared, add_time, id);
CREATE INDEX product_own_owner_id_add_time_id ON product (company_id, owner_id, add_time, id) WHERE shared = FALSE;
CREATE INDEX product_shared_update_time_id ON product (company_id, shared, update_time, id);
CREATE INDEX product_own_owner_id_update_time_id ON product (company_id, owner_id, update_time, id) WHERE shared = FALSE;
CREATE INDEX product_owner_id_shared_id ON product (company_id, owner_id, shared, id);
CREATE INDEX product_name_key_id ON product (company_id, name_key, id);
CREATE TABLE lead_label (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  color TEXT NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX lead_label_version ON lead_label (company_id, version);
CREATE TABLE lead (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  owner_id INTEGER NOT NULL,
  creator_user_id INTEGER NOT NULL,
  label_ids TEXT,
  person_id INTEGER,
  org_id INTEGER,
  source_name TEXT NOT NULL,
  origin TEXT NOT NULL,
  origin_id TEXT,
  channel INTEGER,
  channel_id TEXT,
  is_archived INTEGER NOT NULL,
  was_seen INTEGER NOT NULL,
  value INTEGER,
  currency TEXT,
  expected_close_date TEXT,
  next_activity_id INTEGER,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  visible_to INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  delete_time INTEGER,
  shared INTEGER NOT NULL,
  custom TEXT,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX lead_version ON lead (company_id, version);
CREATE INDEX lead_delete_time ON lead (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX lead_is_archived_shared_id ON lead (company_id, is_archived, shared, id);
CREATE INDEX lead_own_owner_id_is_archived_id ON lead (company_id, owner_id, is_archived, id) WHERE shared = FALSE;
CREATE INDEX lead_is_archived_shared_update_time_id ON lead (company_id, is_archived, shared, update_time, id);
CREATE INDEX lead_own_owner_id_is_archived_update_time_id ON lead (company_id, owner_id, is_archived, update_time, id) WHERE shared = FALSE;
CREATE INDEX lead_owner_id_shared_id ON lead (company_id, owner_id, shared, id);
CREATE INDEX lead_person_id_id ON lead (company_id, person_id, id);
CREATE INDEX lead_org_id_id ON lead (company_id, org_id, id);
CREATE INDEX lead_add_time_id ON lead (company_id, add_time, id);
CREATE INDEX lead_update_time_id ON lead (company_id, update_time, id);
CREATE TABLE deal (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  creator_user_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  value INTEGER NOT NULL,
  currency TEXT NOT NULL,
  currency_key TEXT NOT NULL,
  person_id INTEGER,
  org_id INTEGER,
  pipeline_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  stage_change_time INTEGER,
  status TEXT NOT NULL,
  is_deleted INTEGER NOT NULL,
  is_archived INTEGER NOT NULL,
  archive_time INTEGER,
  probability REAL,
  next_activity_id INTEGER,
  next_activity_date TEXT,
  next_activity_time TEXT,
  last_activity_id INTEGER,
  last_activity_date TEXT,
  lost_reason TEXT,
  visible_to INTEGER NOT NULL,
  close_time INTEGER,
  won_time INTEGER,
  lost_time INTEGER,
  first_won_time INTEGER,
  products_count INTEGER NOT NULL,
  files_count INTEGER NOT NULL,
  notes_count INTEGER NOT NULL,
  followers_count INTEGER NOT NULL,
  email_messages_count INTEGER NOT NULL,
  activities_count INTEGER NOT NULL,
  done_activities_count INTEGER NOT NULL,
  undone_activities_count INTEGER NOT NULL,
  participants_count INTEGER NOT NULL,
  expected_close_date TEXT,
  last_incoming_mail_time INTEGER,
  last_outgoing_mail_time INTEGER,
  label_ids TEXT,
  origin TEXT NOT NULL,
  origin_id TEXT,
  channel INTEGER,
  channel_id TEXT,
  arr INTEGER,
  mrr INTEGER,
  acv INTEGER,
  source_lead_id INTEGER,
  delete_time INTEGER,
  shared INTEGER NOT NULL,
  custom TEXT,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX deal_version ON deal (company_id, version);
CREATE INDEX deal_delete_time ON deal (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX deal_pipeline_id_status_shared_add_time_id ON deal (company_id, pipeline_id, status, shared, add_time, id);
CREATE INDEX deal_own_owner_id_pipeline_id_status_add_time_id ON deal (company_id, owner_id, pipeline_id, status, add_time, id) WHERE shared = FALSE;
CREATE INDEX deal_pipeline_id_status_shared_update_time_id ON deal (company_id, pipeline_id, status, shared, update_time, id);
CREATE INDEX deal_own_owner_id_pipeline_id_status_update_time_id ON deal (company_id, owner_id, pipeline_id, status, update_time, id) WHERE shared = FALSE;
CREATE INDEX deal_stage_id_status_shared_add_time_id ON deal (company_id, stage_id, status, shared, add_time, id);
CREATE INDEX deal_own_owner_id_stage_id_status_add_time_id ON deal (company_id, owner_id, stage_id, status, add_time, id) WHERE shared = FALSE;
CREATE INDEX deal_stage_id_status_shared_update_time_id ON deal (company_id, stage_id, status, shared, update_time, id);
CREATE INDEX deal_own_owner_id_stage_id_status_update_time_id ON deal (company_id, owner_id, stage_id, status, update_time, id) WHERE shared = FALSE;
CREATE INDEX deal_owner_id_shared_id ON deal (company_id, owner_id, shared, id);
CREATE INDEX deal_person_id_id ON deal (company_id, person_id, id);
CREATE INDEX deal_org_id_id ON deal (company_id, org_id, id);
CREATE INDEX deal_update_time_id ON deal (company_id, update_time, id);
CREATE INDEX deal_add_time_id ON deal (company_id, add_time, id);
CREATE INDEX deal_shared_id ON deal (company_id, shared, id);
CREATE INDEX deal_own_owner_id_id ON deal (company_id, owner_id, id) WHERE shared = FALSE;
CREATE INDEX deal_shared_add_time_id ON deal (company_id, shared, add_time, id);
CREATE INDEX deal_own_owner_id_add_time_id ON deal (company_id, owner_id, add_time, id) WHERE shared = FALSE;
CREATE INDEX deal_shared_update_time_id ON deal (company_id, shared, update_time, id);
CREATE INDEX deal_own_owner_id_update_time_id ON deal (company_id, owner_id, update_time, id) WHERE shared = FALSE;
CREATE TABLE deal_stage_visit (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  deal_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  entered INTEGER NOT NULL,
  left_at INTEGER,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX deal_stage_visit_version ON deal_stage_visit (company_id, version);
CREATE INDEX deal_stage_visit_deal_id_entered ON deal_stage_visit (company_id, deal_id, entered);
CREATE INDEX deal_stage_visit_stage_id_deal_id ON deal_stage_visit (company_id, stage_id, deal_id);
CREATE TABLE participant (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  deal_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  added_by_user_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX participant_version ON participant (company_id, version);
CREATE UNIQUE INDEX participant_deal_id_person_id ON participant (company_id, deal_id, person_id);
CREATE INDEX participant_person_id_deal_id ON participant (company_id, person_id, deal_id);
CREATE TABLE activity_type (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  order_nr INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  key_string TEXT NOT NULL,
  icon_key TEXT NOT NULL,
  is_deleted INTEGER NOT NULL,
  color TEXT,
  is_custom INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX activity_type_version ON activity_type (company_id, version);
CREATE INDEX activity_type_order_nr_id ON activity_type (company_id, order_nr, id);
CREATE INDEX activity_type_key_string ON activity_type (company_id, key_string);
CREATE TABLE activity (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  done INTEGER NOT NULL,
  type TEXT NOT NULL,
  conference_meeting_client TEXT,
  conference_meeting_url TEXT,
  conference_meeting_id TEXT,
  due_date TEXT,
  due_time TEXT,
  duration INTEGER,
  busy INTEGER,
  add_time INTEGER NOT NULL,
  marked_as_done_time INTEGER,
  subject TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  public_description TEXT,
  location TEXT,
  org_id INTEGER,
  person_id INTEGER,
  deal_id INTEGER,
  lead_id INTEGER,
  project_id INTEGER,
  is_deleted INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  update_user_id INTEGER,
  note TEXT,
  creator_user_id INTEGER NOT NULL,
  attendees TEXT,
  participants TEXT,
  priority INTEGER,
  outcome INTEGER,
  delete_time INTEGER,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX activity_version ON activity (company_id, version);
CREATE INDEX activity_delete_time ON activity (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX activity_owner_id_due_date_id ON activity (company_id, owner_id, due_date, id);
CREATE INDEX activity_owner_id_id ON activity (company_id, owner_id, id);
CREATE INDEX activity_done_due_date_id ON activity (company_id, done, due_date, id);
CREATE INDEX activity_deal_id_done_due_date_due_time_id ON activity (company_id, deal_id, done, due_date, due_time, id);
CREATE INDEX activity_lead_id_done_due_date_due_time_id ON activity (company_id, lead_id, done, due_date, due_time, id);
CREATE INDEX activity_person_id_done_due_date_due_time_id ON activity (company_id, person_id, done, due_date, due_time, id);
CREATE INDEX activity_org_id_done_due_date_due_time_id ON activity (company_id, org_id, done, due_date, due_time, id);
CREATE INDEX activity_due_date_id ON activity (company_id, due_date, id);
CREATE INDEX activity_add_time_id ON activity (company_id, add_time, id);
CREATE INDEX activity_update_time_id ON activity (company_id, update_time, id);
CREATE TABLE note (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  deal_id INTEGER,
  person_id INTEGER,
  org_id INTEGER,
  lead_id INTEGER,
  project_id INTEGER,
  content TEXT NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  pinned_to_deal_flag INTEGER NOT NULL,
  pinned_to_person_flag INTEGER NOT NULL,
  pinned_to_organization_flag INTEGER NOT NULL,
  pinned_to_lead_flag INTEGER NOT NULL,
  pinned_to_project_flag INTEGER NOT NULL,
  last_update_user_id INTEGER,
  delete_time INTEGER,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX note_version ON note (company_id, version);
CREATE INDEX note_delete_time ON note (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX note_owner_id_id ON note (company_id, owner_id, id);
CREATE INDEX note_deal_id_id ON note (company_id, deal_id, id);
CREATE INDEX note_lead_id_id ON note (company_id, lead_id, id);
CREATE INDEX note_person_id_id ON note (company_id, person_id, id);
CREATE INDEX note_org_id_id ON note (company_id, org_id, id);
CREATE INDEX note_project_id_id ON note (company_id, project_id, id);
CREATE INDEX note_add_time_id ON note (company_id, add_time, id);
CREATE INDEX note_update_time_id ON note (company_id, update_time, id);
CREATE TABLE comment (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL,
  content TEXT NOT NULL,
  note_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  updater_id INTEGER,
  delete_time INTEGER,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX comment_version ON comment (company_id, version);
CREATE INDEX comment_delete_time ON comment (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX comment_note_id_id ON comment (company_id, note_id, id);
CREATE TABLE follower (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  object INTEGER NOT NULL,
  record_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  add_time INTEGER NOT NULL,
  grants INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX follower_version ON follower (company_id, version);
CREATE UNIQUE INDEX follower_object_record_id_user_id ON follower (company_id, object, record_id, user_id);
CREATE INDEX follower_user_id_object_record_id ON follower (company_id, user_id, object, record_id);
CREATE INDEX follower_user_id_object_record_id_grants ON follower (company_id, user_id, object, record_id) WHERE grants = TRUE;
CREATE TABLE external_id (
  rowid INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  object INTEGER NOT NULL,
  record_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  key TEXT NOT NULL,
  add_time INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, id)
) STRICT;
CREATE INDEX external_id_version ON external_id (company_id, version);
CREATE UNIQUE INDEX external_id_object_source_key ON external_id (company_id, object, source, key);
CREATE INDEX external_id_object_record_id ON external_id (company_id, object, record_id);
CREATE TABLE counter (company_id INTEGER NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (company_id, name)) STRICT, WITHOUT ROWID;
CREATE TABLE token (hash TEXT NOT NULL, company_id INTEGER NOT NULL, user_id INTEGER NOT NULL, add_time INTEGER NOT NULL, PRIMARY KEY (hash)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX token_user ON token (company_id, user_id);
CREATE TABLE event (company_id INTEGER NOT NULL, seq INTEGER NOT NULL, object INTEGER NOT NULL, record_id INTEGER NOT NULL, action INTEGER NOT NULL, user_id INTEGER NOT NULL, source TEXT NOT NULL, correlation TEXT NOT NULL, time INTEGER NOT NULL, changes TEXT, PRIMARY KEY (company_id, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX event_record ON event (company_id, object, record_id, seq);
CREATE TABLE field_value (company_id INTEGER NOT NULL, field INTEGER NOT NULL, object INTEGER NOT NULL, number REAL NOT NULL, text_key TEXT NOT NULL, record_id INTEGER NOT NULL, PRIMARY KEY (company_id, field, object, number, text_key, record_id)) STRICT, WITHOUT ROWID;
CREATE TABLE former_link (company_id INTEGER NOT NULL, object INTEGER NOT NULL, record_id INTEGER NOT NULL, link INTEGER NOT NULL, link_id INTEGER NOT NULL, other_id INTEGER NOT NULL, PRIMARY KEY (company_id, object, record_id, link, link_id)) STRICT, WITHOUT ROWID;
CREATE TABLE job (company_id INTEGER NOT NULL, id INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, due INTEGER, owner TEXT, fence INTEGER NOT NULL, cursor TEXT, attempts INTEGER NOT NULL, error TEXT, add_time INTEGER NOT NULL, end_time INTEGER, PRIMARY KEY (company_id, id)) STRICT, WITHOUT ROWID;
CREATE INDEX job_due ON job (due, company_id, id) WHERE due IS NOT NULL;
CREATE INDEX job_kind ON job (company_id, kind, id);
CREATE TABLE sandbox_fault (company_id INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL, effect TEXT NOT NULL, value INTEGER NOT NULL, remaining INTEGER NOT NULL, PRIMARY KEY (company_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE import_record (company_id INTEGER NOT NULL, import_id TEXT NOT NULL, number INTEGER NOT NULL, object INTEGER NOT NULL, record_id INTEGER NOT NULL, PRIMARY KEY (company_id, import_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE import_refusal (company_id INTEGER NOT NULL, import_id TEXT NOT NULL, number INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (company_id, import_id, number)) STRICT, WITHOUT ROWID;
CREATE TABLE search_doc (doc INTEGER PRIMARY KEY, company_id INTEGER NOT NULL, object INTEGER NOT NULL, record_id INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX search_doc_record ON search_doc (company_id, object, record_id);
CREATE VIRTUAL TABLE search USING fts5(terms, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail=none);
