-- How the text of a cell is read, once for each distinct text of a column.
-- Each macro gives a value, or null where the text is none; what is missing has a state of its own.

create or replace temp macro cell_state(t) as
    case
        when trim(t, ' ' || chr(9) || chr(160)) in ('-', '–', '—', '−') then 'missing'
        when regexp_full_match(t, '(?i)\s*(null|n/a|(uppgift )?saknas|(ännu )?ej (rapporter|redovis|beslut|besvar|avslut|lämn|inkomm|fastställ|rekvirer)\w*|ej klart?|ej känt)\s*')
        then 'missing'
        when trim(t, ' ' || chr(9) || chr(160)) = '.' then 'not-applicable'
        when trim(t, ' ' || chr(9) || chr(160)) in ('..', '...', '…')
            or regexp_full_match(
                t,
                '(?i)\s*(([<≤]|<=|färre än|mindre än|högst)\s*\d|1\s*[-–]\s*4|x{1,3}|\*{1,3}|sekretess\w*|skydda[dt]\w*|maska[dt]\w*)\s*'
            )
        then 'confidential'
        when regexp_full_match(trim(t), '#([A-ZÅÄÖ]{3,}[!?]?|N/A|DIV(ISION)?/0!)') then 'error-cell'
        when t is null or trim(t, ' ' || chr(9) || chr(160)) = '' then 'empty'
        else 'ok'
    end;

create or replace temp macro plain_number(t) as
    regexp_replace(
        regexp_replace(
            -- 1'591 groups thousands as some systems do.
            regexp_replace(translate(t, '−–', '--'), '(\d)[''’](\d{3})', '\1\2', 'g'), '[ \t\x{00A0}\x{2009}\x{202F}]', '', 'g'
        ),
        '(?i)(st|dagar|dygn|%|kr)$', ''
    );

create or replace temp macro number_of(t) as
    case
        when regexp_full_match(plain_number(t), '[-+]?\d{1,15}([.,]\d+)?([eE][-+]?\d+)?')
        then try_cast(replace(plain_number(t), ',', '.') as double)
    end;

-- A number of persons, cases or days is neither a share nor an amount.
create or replace temp macro count_of(t) as
    case when not regexp_matches(t, '(?i)(%|procent|kr|kronor|mkr)\.?\s*$') then number_of(t) end;

-- 2 april 2020 and den 2 apr. 2020 as 2/4/2020.
create or replace temp macro month_as_number(t) as
    case
        when regexp_matches(t, '(?i)^\s*(den\s+)?\d{1,2}\.?\s+[a-zåäö]{3,9}\.?\s+\d{4}')
        then regexp_extract(t, '(\d{1,2})', 1) || '/' || list_position(
            ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
            lower(regexp_extract(t, '(?i)\d\.?\s+([a-z]{3})', 1))
        ) || '/' || regexp_extract(t, '(\d{4}.*)$', 1)
        else t
    end;

create or replace temp macro timestamp_of(t) as
    case
        when regexp_full_match(trim(t), '\d{5}([.,]\d+)?')
        then timestamp '1899-12-30'
            + to_seconds(round(try_cast(replace(t, ',', '.') as double) * 86400))
        when regexp_full_match(trim(t), '\d{1,10}') and length(trim(t)) not in (6, 8) then null
        -- A time with a zone is read in Swedish time.
        when regexp_full_match(trim(t), '\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*(Z|[-+]\d\d(:?\d\d)?)')
        then try_cast(trim(t) as timestamptz) at time zone 'Europe/Stockholm'
        else coalesce(
            try_cast(trim(t) as timestamp),
            try_strptime(trim(month_as_number(t)), [
                '%Y-%m-%d %H.%M', '%Y/%m/%d %H:%M', '%Y/%m/%d', '%Y.%m.%d', '%Y%m%d',
                '%Y%m%d %H:%M', '%y%m%d', '%Y.%m.%d %H:%M', '%Y-%m-%d kl %H:%M', '%Y-%m-%d kl. %H:%M', '%d/%m-%Y',
                '%Y-%m-%d kl %H.%M', '%Y-%m-%d kl. %H.%M', '%d/%m %Y', '%d/%m %Y %H:%M',
                '%Y%m%d%H%M', '%Y%m%d%H%M%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d.%m.%Y %H:%M',
                '%d.%m.%Y', '%d-%m-%Y %H:%M', '%d-%m-%Y'
            ])
        )
    end;
