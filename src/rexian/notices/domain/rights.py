"""The rights that notices ask for."""

READ = "notices.read"
POST = "notices.post"
