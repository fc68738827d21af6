-- What people say and make beside the loads. Nothing here is changed or deleted, but for the last
-- answer of each source, drafts, and who is behind a mark: a row is followed by a newer one.

create table if not exists comment (
    id integer primary key,
    -- The comment that this one replaces; null for a first one.
    replaces integer references comment,
    indicator text not null,
    place text not null,
    period text not null,
    -- Empty where the comment is taken away.
    text text not null,
    author text not null,
    written_at text not null
);

-- A report that was made, and the version of the data that it was made from.
create table if not exists report (
    id integer primary key,
    kind text not null,
    place text not null,
    period text not null,
    version integer not null,
    made_by text not null,
    made_at text not null
);

-- The numbers that were shown under a code that stands on a report's pages: the manifest, compressed.
create table if not exists shown_numbers (
    code text not null,
    -- Tells apart what happens to have the same code.
    digest text not null,
    manifest blob not null,
    primary key (code, digest)
);

-- From which period an indicator of a place gets new limits, and why; taken back where it is so.
create table if not exists new_limits (
    id integer primary key,
    indicator text not null,
    place text not null,
    period text not null,
    reason text not null,
    author text not null,
    written_at text not null,
    withdrawn integer not null
);

-- A file that came from a source, and each time something was decided of it; the newest row of a
-- fingerprint says how it stands. The stamp tells the same file of the same source without fetching.
create table if not exists arrival (
    id integer primary key,
    source text not null,
    name text not null,
    stamp text not null,
    sha256 text not null,
    bytes integer not null,
    state text not null,
    told text not null,
    by text not null,
    at text not null
);

-- How each source answered the last time: an empty text where it did as it should.
create table if not exists source_answer (
    source text primary key,
    trouble text not null,
    at text not null
);

-- What somebody is writing and has not handed in: the newest text of each field, as JSON.
create table if not exists draft (
    -- The draft's own name, which stands in the address of those who write on it.
    name text not null,
    -- What it is about: an area's hand-outs, or a comment on a number.
    about text not null,
    content text not null,
    by text not null,
    at text not null,
    primary key (name, about)
);

-- An original that was taken out of the archive for good; what was read from it stays.
create table if not exists purged (
    id integer primary key,
    sha256 text not null,
    reason text not null,
    by text not null,
    at text not null
);

-- An attack on what a version shows: of one period and those in it, or of all (then empty). The
-- narrowest range of a hidden small count is null where there is none, its highest where there is no
-- bound.
create table if not exists attack (
    id integer primary key,
    version integer not null,
    period text not null,
    numbers integer not null,
    hidden integer not null,
    lowest integer,
    highest integer,
    -- Small counts that the days which are shown say by themselves.
    told integer not null,
    worked_out integer not null,
    by text not null,
    at text not null
);

-- Who is behind a mark; emptied where the person is not to be known any longer.
create table if not exists person (
    mark text primary key,
    subject text unique,
    name text not null
);

-- Who did what, when and from where; each line has the hash of the one before in its own.
create table if not exists audit (
    id integer primary key,
    at text not null,
    who text not null,
    act text not null,
    about text not null,
    origin text not null,
    before text not null unique,
    hash text not null
);

create trigger if not exists audit_is_not_changed before update on audit
begin
    select raise(abort, 'a line of the audit is never changed');
end;

create trigger if not exists audit_is_not_deleted before delete on audit
begin
    select raise(abort, 'a line of the audit is never deleted');
end;

-- A thing that was told by mail, or held back and why. Written before its digest is sent, so that
-- nothing is told twice however it ends.
create table if not exists notice (
    id integer primary key,
    recipient text not null,
    digest text not null,
    key text not null,
    text text not null,
    state text not null,
    why text not null,
    at text not null
);

-- A report that went by mail, and the version of the data that it was made from.
create table if not exists report_sent (
    id integer primary key,
    recipient text not null,
    kind text not null,
    place text not null,
    period text not null,
    version integer not null,
    at text not null
);

-- The code that the numbers of a report that was sent are kept under.
create table if not exists report_sent_code (
    sent integer primary key references report_sent (id),
    code text not null
);

-- That a scheduled report may go, as the data was in a version.
create table if not exists approval (
    id integer primary key,
    schedule text not null,
    period text not null,
    version integer not null,
    by text not null,
    at text not null
);

-- A key for a program that uses the API; only the hash of its secret is kept.
create table if not exists token (
    id text primary key,
    hash text not null,
    name text not null,
    scopes text not null,
    areas text not null,
    made_by text not null,
    made_at text not null,
    expires_at text not null,
    revoked_at text
);

-- What came of working a version's numbers out anew from the raw files.
create table if not exists recalculation (
    id integer primary key,
    version integer not null,
    told text not null,
    different integer not null,
    by text not null,
    at text not null
);

-- That somebody has looked at the numbers of a period of an area, and what they said of them; the
-- newest row tells. The fingerprint is of the numbers that they saw.
create table if not exists agreement (
    id integer primary key,
    dataset text not null,
    period text not null,
    area text not null,
    step text not null,
    fingerprint text not null,
    reason text not null,
    by text not null,
    at text not null
);
create index if not exists agreement_of on agreement (dataset, period, area);

-- That a number is being looked into: by whom, until when, and why; the newest row of a first one
-- tells how it stands.
create table if not exists investigation (
    id integer primary key,
    -- The row that began it; null for that row itself.
    began integer references investigation,
    indicator text not null,
    place text not null,
    period text not null,
    owner text not null,
    due text not null,
    note text not null,
    closed integer not null,
    author text not null,
    written_at text not null
);
