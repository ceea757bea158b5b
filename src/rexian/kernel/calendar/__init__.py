"""Working time: what is due when, and how much time has passed, in the units people promise in.

| module | holds |
|---|---|
| ``instants`` | local time and UTC, where a clock skips an hour or shows it twice |
| ``openings`` | one opening of a day, the weekdays |
| ``hours`` | service hours by weekday, season, public holiday, special day |
| ``holidays``, ``festivals`` | public holidays and make-up workdays, and what they are called |
| ``holiday_files``, ``_lists``, ``_tables``, ``_json`` | the files they are loaded from |
| ``calendars`` | all of it for one organisation: what kind of day is this, when is it open |
| ``spans`` | natural time, service time, calendar days, working days |
| ``sums``, ``time_sums``, ``day_sums`` | ``due_at`` and ``elapsed`` |
| ``explanations``, ``sentences`` | how a sum was reached, as values and in the reader's language |
| ``descriptions`` | calendars and spans as a pack or a row writes them |
"""
