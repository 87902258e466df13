-- +goose Up
-- Terms of the search index begin with the number of their body: «17<U+E001>слово», and for a stem «17<U+E001><U+E000>стем». A
-- word that a hundred thousand rows of other bodies hold costs this one nothing. The program makes the index anew when it opens
-- a file that says so.
PRAGMA user_version = 1;
