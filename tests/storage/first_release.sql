-- Two polls as the first release stored them: one with a response, one without.
INSERT INTO actions (
    id, kind, tenant_id, creator, creator_name, creator_mri, locale, time_zone, created_at,
    content, settings, content_revision, status, co_creators, revision, recent
) VALUES (
    'answered', 'poll', 'tenant', 'tenant/ada', 'Ada', '29:ada', 'en', 'UTC', '2026-03-02 12:00:00',
    '{"v": 1, "title": "Straße", "description": "", "questions": [{"type": "choice", "id": "q", "text": "Straße", "options": [["a", "A"], ["b", "B"]], "most": 1}]}',
    '{"visibility": "everyone", "anonymous": false, "may_change": true, "shuffle": false}',
    1, 'active', '[]', 2, '["29:bob"]'
), (
    'untouched', 'poll', 'tenant', 'tenant/ada', 'Ada', '29:ada', 'en', 'UTC', '2026-03-02 12:00:00',
    '{"v": 1, "title": "Lunch?", "description": "", "questions": [{"type": "choice", "id": "q", "text": "Lunch?", "options": [["a", "A"], ["b", "B"]], "most": 1}]}',
    '{"visibility": "everyone", "anonymous": false, "may_change": true, "shuffle": false}',
    1, 'active', '[]', 3, '[]'
);

INSERT INTO managers (action_id, person)
VALUES ('answered', 'tenant/ada'), ('untouched', 'tenant/ada');

INSERT INTO responses (
    action_id, slot, person, name, mri, folded, answers, submitted_at, changed_at
) VALUES (
    'answered', 'tenant/bob', 'tenant/bob', 'Bob', '29:bob', 'bob', '{"q": ["a"]}',
    '2026-03-02 12:00:00', '2026-03-02 12:00:00'
);

INSERT INTO tallies (action_id, question, bucket, count, total) VALUES
    ('answered', '', 'responded', 1, 0),
    ('answered', 'q', 'a', 1, 0),
    ('untouched', '', 'responded', 0, 0),
    ('untouched', 'q', 'b', 0, 0);
