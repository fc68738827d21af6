"""What a page shows, made whole: kept across readers until what it rests on changes."""
