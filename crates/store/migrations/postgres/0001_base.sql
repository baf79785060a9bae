CREATE TABLE company (
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  domain TEXT COLLATE "C" NOT NULL,
  currency TEXT COLLATE "C" NOT NULL,
  timezone TEXT COLLATE "C" NOT NULL,
  country TEXT COLLATE "C",
  sandbox BOOLEAN NOT NULL,
  seed BIGINT,
  clock_offset BIGINT NOT NULL,
  event_seq BIGINT NOT NULL,
  schema_version BIGINT NOT NULL,
  add_time BIGINT NOT NULL,
  secret TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (id)
);
CREATE TABLE "user" (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  currency TEXT COLLATE "C" NOT NULL,
  locale TEXT COLLATE "C" NOT NULL,
  language BIGINT NOT NULL,
  email TEXT COLLATE "C" NOT NULL,
  phone TEXT COLLATE "C",
  activated BOOLEAN NOT NULL,
  last_login BIGINT,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  has_created_company BOOLEAN NOT NULL,
  is_active BOOLEAN NOT NULL,
  timezone TEXT COLLATE "C" NOT NULL,
  role_id BIGINT NOT NULL,
  icon_url TEXT COLLATE "C",
  is_admin BOOLEAN NOT NULL,
  rights_version BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX user_version ON "user" (company_id, version);
CREATE INDEX user_email ON "user" (company_id, email NULLS FIRST);
CREATE TABLE custom_field (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  object TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  options TEXT COLLATE "C",
  order_nr BIGINT NOT NULL,
  built_in BOOLEAN NOT NULL,
  description TEXT COLLATE "C",
  add_visible BOOLEAN NOT NULL,
  details_visible BOOLEAN NOT NULL,
  index_visible BOOLEAN NOT NULL,
  projects_detail_visible BOOLEAN NOT NULL,
  important BOOLEAN NOT NULL,
  mandatory TEXT COLLATE "C",
  bulk_edit_allowed BOOLEAN NOT NULL,
  searchable BOOLEAN NOT NULL,
  show_in_pipelines TEXT COLLATE "C",
  ui_visibility TEXT COLLATE "C",
  important_fields TEXT COLLATE "C",
  required_fields TEXT COLLATE "C",
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  created_by_user_id BIGINT,
  last_updated_by_user_id BIGINT,
  is_deleted BOOLEAN NOT NULL,
  delete_time BIGINT,
  api_name TEXT COLLATE "C",
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX custom_field_version ON custom_field (company_id, version);
CREATE INDEX custom_field_object_order_nr_id ON custom_field (company_id, object NULLS FIRST, order_nr NULLS FIRST, id NULLS FIRST);
CREATE INDEX custom_field_object_key ON custom_field (company_id, object NULLS FIRST, key NULLS FIRST);
CREATE UNIQUE INDEX custom_field_object_api_name ON custom_field (company_id, object NULLS FIRST, api_name NULLS FIRST);
CREATE TABLE pipeline (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  url_title TEXT COLLATE "C" NOT NULL,
  order_nr BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  deal_probability BOOLEAN NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX pipeline_version ON pipeline (company_id, version);
CREATE INDEX pipeline_order_nr_id ON pipeline (company_id, order_nr NULLS FIRST, id NULLS FIRST);
CREATE TABLE stage (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  order_nr BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  deal_probability BIGINT NOT NULL,
  pipeline_id BIGINT NOT NULL,
  rot_enabled BOOLEAN NOT NULL,
  rotten_days BIGINT,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX stage_version ON stage (company_id, version);
CREATE INDEX stage_pipeline_id_order_nr_id ON stage (company_id, pipeline_id NULLS FIRST, order_nr NULLS FIRST, id NULLS FIRST);
CREATE TABLE organization (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  open_deals_count BIGINT NOT NULL,
  closed_deals_count BIGINT NOT NULL,
  email_messages_count BIGINT NOT NULL,
  people_count BIGINT NOT NULL,
  activities_count BIGINT NOT NULL,
  done_activities_count BIGINT NOT NULL,
  undone_activities_count BIGINT NOT NULL,
  files_count BIGINT NOT NULL,
  notes_count BIGINT NOT NULL,
  followers_count BIGINT NOT NULL,
  won_deals_count BIGINT NOT NULL,
  lost_deals_count BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  picture_id BIGINT,
  update_time BIGINT NOT NULL,
  delete_time BIGINT,
  add_time BIGINT NOT NULL,
  visible_to BIGINT NOT NULL,
  next_activity_date TEXT COLLATE "C",
  next_activity_time TEXT COLLATE "C",
  next_activity_id BIGINT,
  last_activity_id BIGINT,
  last_activity_date TEXT COLLATE "C",
  label_ids TEXT COLLATE "C",
  address TEXT COLLATE "C",
  website TEXT COLLATE "C",
  linkedin TEXT COLLATE "C",
  industry BIGINT,
  annual_revenue BIGINT,
  employee_count BIGINT,
  shared BOOLEAN NOT NULL,
  custom TEXT COLLATE "C",
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX organization_version ON organization (company_id, version);
CREATE INDEX organization_delete_time ON organization (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX organization_shared_id ON organization (company_id, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX organization_own_owner_id_id ON organization (company_id, owner_id NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX organization_shared_add_time_id ON organization (company_id, shared NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX organization_own_owner_id_add_time_id ON organization (company_id, owner_id NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX organization_shared_update_time_id ON organization (company_id, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX organization_own_owner_id_update_time_id ON organization (company_id, owner_id NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX organization_owner_id_shared_id ON organization (company_id, owner_id NULLS FIRST, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX organization_name_key_id ON organization (company_id, name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX organization_add_time_id ON organization (company_id, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX organization_update_time_id ON organization (company_id, update_time NULLS FIRST, id NULLS FIRST);
CREATE TABLE person (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  org_id BIGINT,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  first_name TEXT COLLATE "C",
  first_name_key TEXT COLLATE "C",
  last_name TEXT COLLATE "C",
  last_name_key TEXT COLLATE "C",
  open_deals_count BIGINT NOT NULL,
  closed_deals_count BIGINT NOT NULL,
  email_messages_count BIGINT NOT NULL,
  activities_count BIGINT NOT NULL,
  done_activities_count BIGINT NOT NULL,
  undone_activities_count BIGINT NOT NULL,
  files_count BIGINT NOT NULL,
  notes_count BIGINT NOT NULL,
  followers_count BIGINT NOT NULL,
  won_deals_count BIGINT NOT NULL,
  lost_deals_count BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  phones TEXT COLLATE "C",
  emails TEXT COLLATE "C",
  update_time BIGINT NOT NULL,
  delete_time BIGINT,
  add_time BIGINT NOT NULL,
  visible_to BIGINT NOT NULL,
  picture_id BIGINT,
  next_activity_date TEXT COLLATE "C",
  next_activity_time TEXT COLLATE "C",
  next_activity_id BIGINT,
  last_activity_id BIGINT,
  last_activity_date TEXT COLLATE "C",
  last_incoming_mail_time BIGINT,
  last_outgoing_mail_time BIGINT,
  label_ids TEXT COLLATE "C",
  im TEXT COLLATE "C",
  postal_address TEXT COLLATE "C",
  notes TEXT COLLATE "C",
  birthday TEXT COLLATE "C",
  job_title TEXT COLLATE "C",
  marketing_status TEXT COLLATE "C" NOT NULL,
  shared BOOLEAN NOT NULL,
  custom TEXT COLLATE "C",
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX person_version ON person (company_id, version);
CREATE INDEX person_delete_time ON person (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX person_shared_id ON person (company_id, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_own_owner_id_id ON person (company_id, owner_id NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX person_shared_add_time_id ON person (company_id, shared NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_own_owner_id_add_time_id ON person (company_id, owner_id NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX person_shared_update_time_id ON person (company_id, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_own_owner_id_update_time_id ON person (company_id, owner_id NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX person_owner_id_shared_id ON person (company_id, owner_id NULLS FIRST, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_org_id_id ON person (company_id, org_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_name_key_id ON person (company_id, name_key NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_add_time_id ON person (company_id, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX person_update_time_id ON person (company_id, update_time NULLS FIRST, id NULLS FIRST);
CREATE TABLE product (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  code TEXT COLLATE "C",
  description TEXT COLLATE "C",
  unit TEXT COLLATE "C",
  tax DOUBLE PRECISION NOT NULL,
  category BIGINT,
  is_linkable BOOLEAN NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  visible_to BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  followers_count BIGINT NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  billing_frequency TEXT COLLATE "C" NOT NULL,
  billing_frequency_cycles BIGINT,
  delete_time BIGINT,
  shared BOOLEAN NOT NULL,
  custom TEXT COLLATE "C",
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX product_version ON product (company_id, version);
CREATE INDEX product_delete_time ON product (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX product_shared_id ON product (company_id, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX product_own_owner_id_id ON product (company_id, owner_id NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX product_shared_add_time_id ON product (company_id, shared NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX product_own_owner_id_add_time_id ON product (company_id, owner_id NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX product_shared_update_time_id ON product (company_id, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX product_own_owner_id_update_time_id ON product (company_id, owner_id NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX product_owner_id_shared_id ON product (company_id, owner_id NULLS FIRST, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX product_name_key_id ON product (company_id, name_key NULLS FIRST, id NULLS FIRST);
CREATE TABLE lead_label (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  color TEXT COLLATE "C" NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX lead_label_version ON lead_label (company_id, version);
CREATE TABLE lead (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  title_key TEXT COLLATE "C" NOT NULL,
  owner_id BIGINT NOT NULL,
  creator_user_id BIGINT NOT NULL,
  label_ids TEXT COLLATE "C",
  person_id BIGINT,
  org_id BIGINT,
  source_name TEXT COLLATE "C" NOT NULL,
  origin TEXT COLLATE "C" NOT NULL,
  origin_id TEXT COLLATE "C",
  channel BIGINT,
  channel_id TEXT COLLATE "C",
  is_archived BOOLEAN NOT NULL,
  was_seen BOOLEAN NOT NULL,
  value BIGINT,
  currency TEXT COLLATE "C",
  expected_close_date TEXT COLLATE "C",
  next_activity_id BIGINT,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  visible_to BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  delete_time BIGINT,
  shared BOOLEAN NOT NULL,
  custom TEXT COLLATE "C",
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX lead_version ON lead (company_id, version);
CREATE INDEX lead_delete_time ON lead (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX lead_is_archived_shared_id ON lead (company_id, is_archived NULLS FIRST, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX lead_own_owner_id_is_archived_id ON lead (company_id, owner_id NULLS FIRST, is_archived NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX lead_is_archived_shared_update_time_id ON lead (company_id, is_archived NULLS FIRST, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX lead_own_owner_id_is_archived_update_time_id ON lead (company_id, owner_id NULLS FIRST, is_archived NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX lead_owner_id_shared_id ON lead (company_id, owner_id NULLS FIRST, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX lead_person_id_id ON lead (company_id, person_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX lead_org_id_id ON lead (company_id, org_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX lead_add_time_id ON lead (company_id, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX lead_update_time_id ON lead (company_id, update_time NULLS FIRST, id NULLS FIRST);
CREATE TABLE deal (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  title_key TEXT COLLATE "C" NOT NULL,
  creator_user_id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  value BIGINT NOT NULL,
  currency TEXT COLLATE "C" NOT NULL,
  currency_key TEXT COLLATE "C" NOT NULL,
  person_id BIGINT,
  org_id BIGINT,
  pipeline_id BIGINT NOT NULL,
  stage_id BIGINT NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  stage_change_time BIGINT,
  status TEXT COLLATE "C" NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  is_archived BOOLEAN NOT NULL,
  archive_time BIGINT,
  probability DOUBLE PRECISION,
  next_activity_id BIGINT,
  next_activity_date TEXT COLLATE "C",
  next_activity_time TEXT COLLATE "C",
  last_activity_id BIGINT,
  last_activity_date TEXT COLLATE "C",
  lost_reason TEXT COLLATE "C",
  visible_to BIGINT NOT NULL,
  close_time BIGINT,
  won_time BIGINT,
  lost_time BIGINT,
  first_won_time BIGINT,
  products_count BIGINT NOT NULL,
  files_count BIGINT NOT NULL,
  notes_count BIGINT NOT NULL,
  followers_count BIGINT NOT NULL,
  email_messages_count BIGINT NOT NULL,
  activities_count BIGINT NOT NULL,
  done_activities_count BIGINT NOT NULL,
  undone_activities_count BIGINT NOT NULL,
  participants_count BIGINT NOT NULL,
  expected_close_date TEXT COLLATE "C",
  last_incoming_mail_time BIGINT,
  last_outgoing_mail_time BIGINT,
  label_ids TEXT COLLATE "C",
  origin TEXT COLLATE "C" NOT NULL,
  origin_id TEXT COLLATE "C",
  channel BIGINT,
  channel_id TEXT COLLATE "C",
  arr BIGINT,
  mrr BIGINT,
  acv BIGINT,
  source_lead_id BIGINT,
  delete_time BIGINT,
  shared BOOLEAN NOT NULL,
  custom TEXT COLLATE "C",
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX deal_version ON deal (company_id, version);
CREATE INDEX deal_delete_time ON deal (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX deal_pipeline_id_status_shared_add_time_id ON deal (company_id, pipeline_id NULLS FIRST, status NULLS FIRST, shared NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_pipeline_id_status_add_time_id ON deal (company_id, owner_id NULLS FIRST, pipeline_id NULLS FIRST, status NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX deal_pipeline_id_status_shared_update_time_id ON deal (company_id, pipeline_id NULLS FIRST, status NULLS FIRST, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_pipeline_id_status_update_time_id ON deal (company_id, owner_id NULLS FIRST, pipeline_id NULLS FIRST, status NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX deal_stage_id_status_shared_add_time_id ON deal (company_id, stage_id NULLS FIRST, status NULLS FIRST, shared NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_stage_id_status_add_time_id ON deal (company_id, owner_id NULLS FIRST, stage_id NULLS FIRST, status NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX deal_stage_id_status_shared_update_time_id ON deal (company_id, stage_id NULLS FIRST, status NULLS FIRST, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_stage_id_status_update_time_id ON deal (company_id, owner_id NULLS FIRST, stage_id NULLS FIRST, status NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX deal_owner_id_shared_id ON deal (company_id, owner_id NULLS FIRST, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_person_id_id ON deal (company_id, person_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_org_id_id ON deal (company_id, org_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_update_time_id ON deal (company_id, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_add_time_id ON deal (company_id, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_shared_id ON deal (company_id, shared NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_id ON deal (company_id, owner_id NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX deal_shared_add_time_id ON deal (company_id, shared NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_add_time_id ON deal (company_id, owner_id NULLS FIRST, add_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE INDEX deal_shared_update_time_id ON deal (company_id, shared NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX deal_own_owner_id_update_time_id ON deal (company_id, owner_id NULLS FIRST, update_time NULLS FIRST, id NULLS FIRST) WHERE shared = FALSE;
CREATE TABLE deal_stage_visit (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  deal_id BIGINT NOT NULL,
  stage_id BIGINT NOT NULL,
  entered BIGINT NOT NULL,
  left_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX deal_stage_visit_version ON deal_stage_visit (company_id, version);
CREATE INDEX deal_stage_visit_deal_id_entered ON deal_stage_visit (company_id, deal_id NULLS FIRST, entered NULLS FIRST);
CREATE INDEX deal_stage_visit_stage_id_deal_id ON deal_stage_visit (company_id, stage_id NULLS FIRST, deal_id NULLS FIRST);
CREATE TABLE participant (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  deal_id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  add_time BIGINT NOT NULL,
  added_by_user_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX participant_version ON participant (company_id, version);
CREATE UNIQUE INDEX participant_deal_id_person_id ON participant (company_id, deal_id NULLS FIRST, person_id NULLS FIRST);
CREATE INDEX participant_person_id_deal_id ON participant (company_id, person_id NULLS FIRST, deal_id NULLS FIRST);
CREATE TABLE activity_type (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  order_nr BIGINT NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  key_string TEXT COLLATE "C" NOT NULL,
  icon_key TEXT COLLATE "C" NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  color TEXT COLLATE "C",
  is_custom BOOLEAN NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX activity_type_version ON activity_type (company_id, version);
CREATE INDEX activity_type_order_nr_id ON activity_type (company_id, order_nr NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_type_key_string ON activity_type (company_id, key_string NULLS FIRST);
CREATE TABLE activity (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  done BOOLEAN NOT NULL,
  type TEXT COLLATE "C" NOT NULL,
  conference_meeting_client TEXT COLLATE "C",
  conference_meeting_url TEXT COLLATE "C",
  conference_meeting_id TEXT COLLATE "C",
  due_date TEXT COLLATE "C",
  due_time TEXT COLLATE "C",
  duration BIGINT,
  busy BOOLEAN,
  add_time BIGINT NOT NULL,
  marked_as_done_time BIGINT,
  subject TEXT COLLATE "C" NOT NULL,
  subject_key TEXT COLLATE "C" NOT NULL,
  public_description TEXT COLLATE "C",
  location TEXT COLLATE "C",
  org_id BIGINT,
  person_id BIGINT,
  deal_id BIGINT,
  lead_id BIGINT,
  project_id BIGINT,
  is_deleted BOOLEAN NOT NULL,
  update_time BIGINT NOT NULL,
  update_user_id BIGINT,
  note TEXT COLLATE "C",
  creator_user_id BIGINT NOT NULL,
  attendees TEXT COLLATE "C",
  participants TEXT COLLATE "C",
  priority BIGINT,
  outcome BIGINT,
  delete_time BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX activity_version ON activity (company_id, version);
CREATE INDEX activity_delete_time ON activity (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX activity_owner_id_due_date_id ON activity (company_id, owner_id NULLS FIRST, due_date NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_owner_id_id ON activity (company_id, owner_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_done_due_date_id ON activity (company_id, done NULLS FIRST, due_date NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_deal_id_done_due_date_due_time_id ON activity (company_id, deal_id NULLS FIRST, done NULLS FIRST, due_date NULLS FIRST, due_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_lead_id_done_due_date_due_time_id ON activity (company_id, lead_id NULLS FIRST, done NULLS FIRST, due_date NULLS FIRST, due_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_person_id_done_due_date_due_time_id ON activity (company_id, person_id NULLS FIRST, done NULLS FIRST, due_date NULLS FIRST, due_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_org_id_done_due_date_due_time_id ON activity (company_id, org_id NULLS FIRST, done NULLS FIRST, due_date NULLS FIRST, due_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_due_date_id ON activity (company_id, due_date NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_add_time_id ON activity (company_id, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX activity_update_time_id ON activity (company_id, update_time NULLS FIRST, id NULLS FIRST);
CREATE TABLE note (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  deal_id BIGINT,
  person_id BIGINT,
  org_id BIGINT,
  lead_id BIGINT,
  project_id BIGINT,
  content TEXT COLLATE "C" NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  pinned_to_deal_flag BOOLEAN NOT NULL,
  pinned_to_person_flag BOOLEAN NOT NULL,
  pinned_to_organization_flag BOOLEAN NOT NULL,
  pinned_to_lead_flag BOOLEAN NOT NULL,
  pinned_to_project_flag BOOLEAN NOT NULL,
  last_update_user_id BIGINT,
  delete_time BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX note_version ON note (company_id, version);
CREATE INDEX note_delete_time ON note (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX note_owner_id_id ON note (company_id, owner_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_deal_id_id ON note (company_id, deal_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_lead_id_id ON note (company_id, lead_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_person_id_id ON note (company_id, person_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_org_id_id ON note (company_id, org_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_project_id_id ON note (company_id, project_id NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_add_time_id ON note (company_id, add_time NULLS FIRST, id NULLS FIRST);
CREATE INDEX note_update_time_id ON note (company_id, update_time NULLS FIRST, id NULLS FIRST);
CREATE TABLE comment (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  is_deleted BOOLEAN NOT NULL,
  add_time BIGINT NOT NULL,
  update_time BIGINT NOT NULL,
  content TEXT COLLATE "C" NOT NULL,
  note_id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  updater_id BIGINT,
  delete_time BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX comment_version ON comment (company_id, version);
CREATE INDEX comment_delete_time ON comment (company_id, delete_time, id) WHERE delete_time IS NOT NULL;
CREATE INDEX comment_note_id_id ON comment (company_id, note_id NULLS FIRST, id NULLS FIRST);
CREATE TABLE follower (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  object BIGINT NOT NULL,
  record_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  add_time BIGINT NOT NULL,
  grants BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX follower_version ON follower (company_id, version);
CREATE UNIQUE INDEX follower_object_record_id_user_id ON follower (company_id, object NULLS FIRST, record_id NULLS FIRST, user_id NULLS FIRST);
CREATE INDEX follower_user_id_object_record_id ON follower (company_id, user_id NULLS FIRST, object NULLS FIRST, record_id NULLS FIRST);
CREATE INDEX follower_user_id_object_record_id_grants ON follower (company_id, user_id NULLS FIRST, object NULLS FIRST, record_id NULLS FIRST) WHERE grants = TRUE;
CREATE TABLE external_id (
  company_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  object BIGINT NOT NULL,
  record_id BIGINT NOT NULL,
  source TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  add_time BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE INDEX external_id_version ON external_id (company_id, version);
CREATE UNIQUE INDEX external_id_object_source_key ON external_id (company_id, object NULLS FIRST, source NULLS FIRST, key NULLS FIRST);
CREATE INDEX external_id_object_record_id ON external_id (company_id, object NULLS FIRST, record_id NULLS FIRST);
CREATE TABLE counter (company_id BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (company_id, name));
CREATE TABLE token (hash TEXT COLLATE "C" NOT NULL, company_id BIGINT NOT NULL, user_id BIGINT NOT NULL, add_time BIGINT NOT NULL, PRIMARY KEY (hash));
CREATE UNIQUE INDEX token_user ON token (company_id, user_id);
CREATE TABLE event (company_id BIGINT NOT NULL, seq BIGINT NOT NULL, object BIGINT NOT NULL, record_id BIGINT NOT NULL, action BIGINT NOT NULL, user_id BIGINT NOT NULL, source TEXT COLLATE "C" NOT NULL, correlation TEXT COLLATE "C" NOT NULL, time BIGINT NOT NULL, changes TEXT COLLATE "C", PRIMARY KEY (company_id, seq));
CREATE INDEX event_record ON event (company_id, object, record_id, seq);
CREATE TABLE field_value (company_id BIGINT NOT NULL, field BIGINT NOT NULL, object BIGINT NOT NULL, number DOUBLE PRECISION NOT NULL, text_key TEXT COLLATE "C" NOT NULL, record_id BIGINT NOT NULL, PRIMARY KEY (company_id, field, object, number, text_key, record_id));
CREATE TABLE former_link (company_id BIGINT NOT NULL, object BIGINT NOT NULL, record_id BIGINT NOT NULL, link BIGINT NOT NULL, link_id BIGINT NOT NULL, other_id BIGINT NOT NULL, PRIMARY KEY (company_id, object, record_id, link, link_id));
CREATE TABLE job (company_id BIGINT NOT NULL, id BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, payload TEXT COLLATE "C" NOT NULL, state TEXT COLLATE "C" NOT NULL, due BIGINT, owner TEXT COLLATE "C", fence BIGINT NOT NULL, cursor TEXT COLLATE "C", attempts BIGINT NOT NULL, error TEXT COLLATE "C", add_time BIGINT NOT NULL, end_time BIGINT, PRIMARY KEY (company_id, id));
CREATE INDEX job_due ON job (due, company_id, id) WHERE due IS NOT NULL;
CREATE INDEX job_kind ON job (company_id, kind, id);
CREATE TABLE sandbox_fault (company_id BIGINT NOT NULL, number BIGINT NOT NULL, path TEXT COLLATE "C" NOT NULL, effect TEXT COLLATE "C" NOT NULL, value BIGINT NOT NULL, remaining BIGINT NOT NULL, PRIMARY KEY (company_id, number));
CREATE TABLE import_record (company_id BIGINT NOT NULL, import_id TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, object BIGINT NOT NULL, record_id BIGINT NOT NULL, PRIMARY KEY (company_id, import_id, number));
CREATE TABLE import_refusal (company_id BIGINT NOT NULL, import_id TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, file TEXT COLLATE "C" NOT NULL, line BIGINT NOT NULL, field TEXT COLLATE "C" NOT NULL, value TEXT COLLATE "C" NOT NULL, reason TEXT COLLATE "C" NOT NULL, PRIMARY KEY (company_id, import_id, number));
CREATE TABLE search_doc (company_id BIGINT NOT NULL, object BIGINT NOT NULL, record_id BIGINT NOT NULL, terms tsvector NOT NULL, PRIMARY KEY (company_id, object, record_id));
CREATE INDEX search_doc_terms ON search_doc USING gin (terms);
