-- How the text of a cell is read, once for each distinct text of a column.
-- Each macro gives a value, or null where the text is none; what is missing has a state of its own.

create or replace temp macro cell_state(t) as
    case
        when regexp_full_match(trim(t, ' ' || chr(9) || chr(160)), '[-–—−]{1,2}') then 'missing'
        when regexp_full_match(t, '(?i)\s*(null|n/?a|n\.a\.|u\.s\.|i\.u\.|(uppg(ift|\.) ?)?saknas|(ännu )?ej (rapporter|redovis|beslut|besvar|avslut|lämn|inkomm|fastställ|rekvirer)\w*|ej klart?|ej känt)\s*')
        then 'missing'
        when trim(t, ' ' || chr(9) || chr(160)) = '.'
            or regexp_full_match(t, '(?i)\s*(e\.t\.|ej (tillämpl\w*|aktuellt?))\s*')
        then 'not-applicable'
        when trim(t, ' ' || chr(9) || chr(160)) in ('..', '...', '…')
            or regexp_full_match(
                t,
                '(?i)\s*(([<≤]|<=|färre än|mindre än|högst)\s*\d|[01]\s*([-–]|\.\.)\s*[2-9]|\d eller färre|x{1,3}|\*{1,3}|sekretess.*|skydda[dt].*|maska[dt]\w*)\s*'
            )
        then 'confidential'
        when regexp_full_match(trim(t), '#([A-ZÅÄÖ]{3,}[!?]?|N/A|DIV(ISION)?/0!)') then 'error-cell'
        when t is null or trim(t, ' ' || chr(9) || chr(160)) = '' then 'empty'
        else 'ok'
    end;

-- One kind of space, minus and digit; without the apostrophe of a cell that is text.
create or replace temp macro plain_signs(t) as
    trim(regexp_replace(
        translate(
            t,
            '−–０１２３４５６７８９' || chr(9) || chr(160) || chr(8201) || chr(8239)
                -- What cannot be seen goes: soft hyphens, spaces of no width, marks of byte order.
                || chr(173) || chr(8203) || chr(8204) || chr(8205) || chr(8288) || chr(65279),
            '--0123456789    '
        ),
        '^''', ''
    ));

-- Without the mark of a footnote, and without the unit of what is counted.
create or replace temp macro plain_end(t) as
    regexp_replace(
        regexp_replace(t, '^(.*\d)\s*([*†‡¹²³⁴⁵⁶⁷⁸⁹]+|\s\d\))$', '\1'),
        '(?i)\s*(st|dagar|dygn|%|procent|kr|patienter|pat|personer|pers|vårdtillfällen|vtf|ärenden)\.?$', ''
    );

-- Spaces, and apostrophes as some systems write, group thousands and nothing else.
create or replace temp macro ungrouped(t) as
    case
        when regexp_full_match(t, '[-+]? ?\d{1,3}([ ''’]+\d{3})+([.,]\d+)?')
            or not regexp_matches(t, '\d[ ''’]+\d')
        then regexp_replace(t, '[ ''’]', '', 'g')
    end;

create or replace temp macro plain_number(t) as ungrouped(plain_end(plain_signs(t)));

-- 1.591 and 1,591 of a column where every such sign stands before three digits.
create or replace temp macro is_grouped(t) as
    regexp_full_match(plain_number(t), '[-+]?[1-9]\d{0,2}([.,]\d{3})+');

create or replace temp macro is_broken(t) as regexp_matches(plain_number(t), '\d[.,]\d');

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

create or replace temp macro without_weekday(t) as
    regexp_replace(t, '(?i)^\s*(mån|tis|ons|tors?|fre|lör|sön)(dag)?(en)?\.?,? +(den )?', '');

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
            try_cast(trim(without_weekday(t)) as timestamp),
            try_strptime(trim(month_as_number(without_weekday(t))), [
                '%Y-%m-%d %H.%M', '%Y/%m/%d %H:%M', '%Y/%m/%d', '%Y.%m.%d', '%Y%m%d',
                '%Y%m%d %H:%M', '%y%m%d', '%Y.%m.%d %H:%M', '%Y-%m-%d kl %H:%M', '%Y-%m-%d kl. %H:%M', '%d/%m-%Y',
                '%Y-%m-%d kl %H.%M', '%Y-%m-%d kl. %H.%M', '%d/%m %Y', '%d/%m %Y %H:%M',
                '%Y%m%d%H%M', '%Y%m%d%H%M%S', '%d/%m/%Y %H:%M', '%d/%m/%Y', '%d.%m.%Y %H:%M',
                '%d.%m.%Y', '%d-%m-%Y %H:%M', '%d-%m-%Y', '%Y-%m-%d %I:%M %p', '%d-%b-%y',
                '%d-%b-%Y', '%B %d, %Y', '%b %d, %Y'
            ])
        )
    end;
